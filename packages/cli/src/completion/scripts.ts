// What shells are told, so that they ask `charmed complete` for what may come next. It answers with a line each, a tab before the
// description; without an answer the shell offers files. What was typed is never evaluated.

export type Shell = 'bash' | 'zsh' | 'fish';

// Bash breaks words at "=" and ":" and replaces only what is behind the last of them.
const BASH = `_charmed() {
  local line=\${COMP_LINE:0:COMP_POINT} piece=\${COMP_WORDS[COMP_CWORD]} words value rest
  read -ra words <<< "$line"
  [[ $line == *' ' ]] && words+=('')
  [[ $piece == [=:] ]] && piece=
  local kept=\${words[-1]}
  kept=\${kept%"$piece"}
  COMPREPLY=()
  while IFS=$'\\t' read -r value rest; do
    COMPREPLY+=("\${value#"$kept"}")
  done < <(charmed complete -- "\${words[@]:1}" 2>/dev/null)
}
complete -o default -o bashdefault -F _charmed charmed
`;

const ZSH = `#compdef charmed
_charmed() {
  local value description
  local -a values
  while IFS=$'\\t' read -r value description; do
    values+=("\${value//:/\\\\:}:$description")
  done < <(charmed complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)
  if (( \${#values} )); then
    _describe charmed values
  else
    _files
  fi
}
compdef _charmed charmed
`;

const FISH = `complete --command charmed --erase
complete --command charmed --keep-order --arguments '(charmed complete -- (commandline -opc)[2..] (commandline -ct) 2>/dev/null)'
`;

export const SCRIPTS: Readonly<Record<Shell, string>> = { bash: BASH, zsh: ZSH, fish: FISH };
