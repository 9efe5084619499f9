// Shows on a terminal that something takes its time. Elsewhere it shows nothing.

import ora from 'ora';

/** @param work is given a function that changes the text. */
export async function withProgress<T>(text: string, work: (say: (text: string) => void) => Promise<T>): Promise<T> {
  const spinner = ora({ text, discardStdin: false, isSilent: !process.stderr.isTTY }).start();
  try {
    return await work((next) => {
      spinner.text = next;
    });
  } finally {
    spinner.stop();
  }
}
