/**
 * Something outside the program keeps it from starting. The message is one line for whoever started it: what is wrong
 * and what to do. It never holds a password.
 */
export class StartupError extends Error {
  override name = 'StartupError'
}
