/** The dialog of models. */

export const models = {
  domain: ({ domain }: { readonly domain?: string | undefined }) =>
    domain
      ? `Trained on ${domain}. On other surfaces it may be wrong.`
      : 'This model doesn’t say what it was trained on. Check it on known parts first.',
};
