// How the reference looks where that is not as Swagger UI has it: on phones, while something is
// sought, and where its own colours are too pale to be read (less than 4.5 : 1).

/** The contract has no links between operations, and their empty column is wider than a phone. */
const phones = '@media (max-width: 640px) { .swagger-ui .response-col_links { display: none } }';

/** What is typed is sought among the operations, so all else gives its place to them. */
const search =
  '.swagger-ui:has(.operation-filter-input:not(:placeholder-shown)) :is(.webhooks, .models)' +
  '{ display: none }';

const colours = `
.dark-mode .swagger-ui .headers .header-col { color: inherit }
html:not(.dark-mode) {
  & .swagger-ui .opblock .opblock-summary-method,
  & .swagger-ui .info .title small pre,
  & .swagger-ui .json-schema-2020-12__constraint--string { color: #14181f; text-shadow: none }
  & .swagger-ui .info a { color: #1a5fb4 }
  & .swagger-ui .btn.authorize { color: #0b6b3a }
  & .swagger-ui .info .title small { background: #b9c0cc }
  & .swagger-ui .info .title small.version-stamp { background: #a3d81f }
  & .swagger-ui .parameter__in,
  & .swagger-ui .json-schema-2020-12-expand-deep-button,
  & .swagger-ui .json-schema-2020-12__attribute,
  & .swagger-ui .json-schema-2020-12-keyword .renderedMarkdown p { color: #3b4151 }
}
.swagger-ui .json-schema-2020-12-keyword--description p { color: inherit }
`;

export const referenceStyle = [phones, search, colours].join('\n');
