// What may stand at the end of a command line that is being typed, as commander knows the commands.

import type { Argument, Command, Option } from 'commander';

export interface Candidate {
  readonly value: string;
  readonly description: string;
}

/** The values of an argument or option that nobody can know from the commands alone. Undefined: any file. */
export type ValuesOf = (of: Argument | Option, command: Command) => Promise<readonly string[] | undefined>;

/**
 * None where the shell may offer files.
 *
 * @param words what was typed behind `charmed`; the last one is not finished, and may be empty.
 */
export async function candidatesFor(
  charmed: Command,
  words: readonly string[],
  valuesOf: ValuesOf,
): Promise<readonly Candidate[]> {
  const typed = words.at(-1) ?? '';
  const place = placeAfter(charmed, words.slice(0, -1));
  const [, flag, given] = /^(--[^=]+=)(.*)$/.exec(place.areOptionsOver ? '' : typed) ?? [];
  const option = flag === undefined ? place.option : optionNamed(place.command, flag.slice(0, -1));
  if (option) return startingWith(given ?? typed, await values(option, place.command, valuesOf), flag);
  if (typed.startsWith('-') && !place.areOptionsOver) return startingWith(typed, optionsOf(place.command));
  if (place.command.commands.length > 0) return startingWith(typed, commandsOf(place.command));
  const { registeredArguments: all } = place.command;
  const argument = all[place.position] ?? all.findLast(({ variadic }) => variadic);
  return argument ? startingWith(typed, await values(argument, place.command, valuesOf)) : [];
}

interface Place {
  readonly command: Command;
  /** The one whose value comes next. */
  readonly option?: Option | undefined;
  /** How many arguments there are already. */
  readonly position: number;
  readonly areOptionsOver: boolean;
}

function placeAfter(charmed: Command, words: readonly string[]): Place {
  return words.reduce<Place>(
    (place, word) => {
      const { command, option, position, areOptionsOver } = place;
      if (option) return { ...place, option: undefined };
      if (word === '--') return { ...place, areOptionsOver: true };
      if (word.startsWith('-') && !areOptionsOver) return { ...place, option: withValue(optionNamed(command, word)) };
      const below = command.commands.find((each) => each.name() === word || each.aliases().includes(word));
      return below ? { ...place, command: below } : { ...place, position: position + 1 };
    },
    { command: charmed, position: 0, areOptionsOver: false },
  );
}

function withValue(option: Option | undefined): Option | undefined {
  return option?.required || option?.optional ? option : undefined;
}

/** Those of a command and of what it is below. */
function visibleOptions(command: Command): readonly Option[] {
  const help = command.createHelp();
  return [...help.visibleOptions(command), ...help.visibleGlobalOptions(command)];
}

function optionNamed(command: Command, flag: string): Option | undefined {
  return visibleOptions(command).find(({ short, long }) => flag === short || flag === long);
}

function optionsOf(command: Command): readonly Candidate[] {
  return visibleOptions(command).map(({ long, short, description }) => ({ value: long ?? short ?? '', description }));
}

function commandsOf(command: Command): readonly Candidate[] {
  const visible = command.createHelp().visibleCommands(command);
  return visible.map((each) => ({ value: each.name(), description: each.summary() || each.description() }));
}

async function values(of: Argument | Option, command: Command, valuesOf: ValuesOf): Promise<readonly Candidate[]> {
  const known = of.argChoices ?? (await valuesOf(of, command)) ?? [];
  return known.map((value) => ({ value, description: '' }));
}

/** @param before what stands before the value in the same word. */
function startingWith(typed: string, candidates: readonly Candidate[], before = ''): readonly Candidate[] {
  const fitting = candidates.filter(({ value }) => value.startsWith(typed));
  return fitting.map(({ value, description }) => ({ value: before + value, description }));
}
