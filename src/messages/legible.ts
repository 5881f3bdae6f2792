/** Characters that steer a terminal, turn the direction of what follows, or have no width: names from outside may hold them. */
const STEERING = /[\p{Cc}\u200b\u202a-\u202e\u2060\u2066-\u2069\ufeff]+/gu;

/** A text without what nobody can read and what would change how the rest reads. */
export const legible = (text: string): string => text.replace(STEERING, ' ').trim();
