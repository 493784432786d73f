import type { LoggerService } from '@nestjs/common';

/** Keeps what is logged, by level. */
export class RecordingLogger implements LoggerService {
  readonly lines: { readonly level: string; readonly message: string }[] = [];

  log = this.record('log');
  error = this.record('error');
  warn = this.record('warn');
  debug = this.record('debug');
  verbose = this.record('verbose');
  fatal = this.record('fatal');

  at(level: string): string[] {
    return this.lines.filter((line) => line.level === level).map(({ message }) => message);
  }

  private record(level: string) {
    return (message: unknown): void => {
      this.lines.push({ level, message: String(message) });
    };
  }
}
