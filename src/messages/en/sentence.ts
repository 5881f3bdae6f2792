/** What another program says, with the full stop that it may lack. */
export const sentence = (text: string): string => text.trim().replace(/[^.!?]$/, '$&.');
