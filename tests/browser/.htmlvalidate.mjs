// html-validate's recommended rules; each exception has its reason.
export default {
  root: true,
  extends: ['html-validate:recommended'],
  rules: {
    // KaTeX places its glyphs by inline styles; there is no other way.
    'no-inline-style': 'off',
    // Style only: how a file is indented and which quotes or letters it uses.
    'attribute-boolean-style': 'off',
    'no-trailing-whitespace': 'off',
    'void-style': 'off',
    'doctype-style': 'off',
    'long-title': 'off',
    'attr-quotes': 'off',
    'no-raw-characters': ['error', { relaxed: true }],
  },
};
