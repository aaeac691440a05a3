/** How a settings file about identities is followed while the app runs. */
export interface FollowedFile {
  /** Told when a changed file cannot be used; what was read before stays in force. */
  readonly onProblem: (error: unknown) => void;
  /** Identities that a demo or test stack made for itself; production refuses them. */
  readonly developmentAllowed: boolean;
  readonly nowMs?: () => number;
}
