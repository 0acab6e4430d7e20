/** Nothing about a guest is waited for without an end. */
import { BackendError } from '../backend.ts';

/** What `promise` settles to, or a hang after so many milliseconds; `what` says what did not come. */
export async function within<T>(milliseconds: number, what: string, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new BackendError('hang', `${what}: nothing within ${(milliseconds / 1000).toString()} s`));
    }, milliseconds);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
