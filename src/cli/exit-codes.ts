/** How the command line ends, after BSD's sysexits. */
export const EXIT = {
  ok: 0,
  /** The command, an option, a field or a value isn't right. */
  usage: 64,
  /** The sandbox can't listen. */
  unavailable: 69,
  /** The output file is there already, or is no file. */
  cannotCreate: 73,
  /** Reading or writing failed. */
  io: 74,
  /** Ended by SIGINT or SIGTERM, as shells report it. */
  interrupted: 130,
  terminated: 143,
} as const;

export const EXIT_CODES_HELP = `
Exit codes:
  0    done
  64   an unknown command, option, field or value
  69   the sandbox can't listen on its port
  73   the output file is there already
  74   reading or writing failed
  130, 143   interrupted, terminated`;
