// How progress is shown, on stderr: what is on stdout may be read by a program.

export type Say = (step: string) => void;

export async function showProgress<T>(text: string, work: (say: Say) => Promise<T>): Promise<T> {
  const { default: ora } = await import('ora');
  const spinner = ora({ text, discardStdin: false }).start(); // its Ctrl-C is ours
  try {
    return await work((step) => {
      spinner.text = step;
    });
  } finally {
    spinner.stop();
  }
}

/** A line for each step, with the seconds since the first: the last one is where it hangs. */
export async function tellSteps<T>(text: string, work: (say: Say) => Promise<T>): Promise<T> {
  const started = performance.now();
  const say = (step: string) => {
    const seconds = ((performance.now() - started) / 1000).toFixed(2);
    console.error(`${seconds.padStart(7)} s  ${step}`);
  };
  say(text);
  const result = await work(say);
  say('done');
  return result;
}
