const secondMs = 1_000;
const dayS = 86_400;
const daysMax = 30;

/** A term from now on as SMPP writes it: `YYMMDDhhmmss000R` (SMPP 3.4, 7.1.1.2), one second at least, 30 days at most. */
export function relativeValidity(termMs: number): string {
  const seconds = Math.min(Math.max(1, Math.floor(termMs / secondMs)), daysMax * dayS);
  const part = (value: number): string => String(value).padStart(2, '0');
  const days = Math.floor(seconds / dayS);
  const rest = seconds % dayS;
  return `0000${part(days)}${part(Math.floor(rest / 3_600))}${part(Math.floor((rest % 3_600) / 60))}${part(rest % 60)}000R`;
}
