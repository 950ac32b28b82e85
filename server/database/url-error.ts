/** DATABASE_URL cannot be used. The message starts after the variable's name, says what to write instead, and never repeats a secret. */
export class DatabaseUrlError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'DatabaseUrlError';
  }
}
