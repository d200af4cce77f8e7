// The option of every verb that changes something: what the audit log says it was for.

/** As `option` of commander takes it. */
export const changeRefOption = [
  '--change-ref <text>',
  'A ticket or change number, kept in the audit log.',
] as const;
