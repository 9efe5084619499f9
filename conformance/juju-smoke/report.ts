// What a run of the smoke test leaves: for people as Markdown, for programs as JSON.

export interface StepOutcome {
  readonly title: string;
  readonly outcome: 'passed' | 'failed' | 'not run';
  readonly seconds: number;
  /** What it printed, or why it failed. */
  readonly text?: string;
}

export interface ModelOutcome {
  /** The controller, as it was named; none is the current one. */
  readonly controller?: string;
  readonly kind: 'kubernetes' | 'machine' | 'unknown';
  readonly steps: readonly StepOutcome[];
  /** Of a model in which a step failed: its status and its log. */
  readonly remains?: string;
}

export interface Report {
  readonly when: string;
  readonly passed: boolean;
  /** By name: juju, the controllers, node, the commit. */
  readonly versions: Readonly<Record<string, string>>;
  readonly models: readonly ModelOutcome[];
}

export function markdownOf({ when, passed, versions, models }: Report): string {
  const lines = [
    `# charmed on a real controller: ${passed ? 'passed' : 'FAILED'}`,
    '',
    `Run at ${when}.`,
    '',
    '| what | version |',
    '| --- | --- |',
    ...Object.entries(versions).map(([name, version]) => `| ${name} | ${version} |`),
  ];
  for (const { controller, kind, steps, remains } of models) {
    lines.push(
      '',
      `## ${kind}, ${controller ?? 'the current controller'}`,
      '',
      '| step | outcome | seconds |',
      '| --- | --- | ---: |',
    );
    for (const { title, outcome, seconds } of steps) lines.push(`| ${title} | ${outcome} | ${seconds.toFixed(1)} |`);
    for (const { title, text, outcome } of steps) {
      if (text?.trim()) lines.push('', `### ${title}${outcome === 'failed' ? ': failed' : ''}`, '', ...block(text));
    }
    if (remains) lines.push('', '### What the model looked like then', '', ...block(remains));
  }
  return `${lines.join('\n')}\n`;
}

function block(text: string): readonly string[] {
  return ['````text', text.trimEnd(), '````'];
}
