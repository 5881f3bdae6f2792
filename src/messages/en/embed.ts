/** For whoever makes a page with the inspector in a frame. */

export const embed = {
  cancelled: 'It was cancelled.',
  silent: ({ origin }: { readonly origin: string }) =>
    `The frame has said nothing for half a minute. See whether it shows the embed.html of ${origin}, and that address opens in a browser.`,
  notAllowed: ({ origin }: { readonly origin: string }) =>
    `This inspector answers no page of ${origin}. Whoever hosts it lists that origin in the file embed.json beside embed.html.`,
  notUnderstood: 'A request needs an id of its own: a text, or a number, that no other one under way has.',
};
