const firstWeights = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];
const secondWeights = [3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2];

/**
 * What is wrong with an individual identification number, or undefined. Only form and check digit are judged: digits 1–7
 * need not match birth date and sex.
 */
export function iinProblem(iin: string): 'form' | 'check-digit' | undefined {
  if (!/^\d{12}$/.test(iin) || iin === '000000000000') return 'form';
  const digits = Array.from(iin, Number);
  const remainder = (weights: readonly number[]): number =>
    weights.reduce((sum, weight, place) => sum + weight * digits[place]!, 0) % 11;
  const first = remainder(firstWeights);
  const check = first === 10 ? remainder(secondWeights) : first;
  // 10 twice: such a number is never issued.
  return check !== 10 && check === digits[11] ? undefined : 'check-digit';
}
