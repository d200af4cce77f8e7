import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { yamlValue } from '../src/input/yaml-text.ts';
import { yamlText } from '../src/output/yaml.ts';

const documents = [
  'a: 1\nb: text with blanks # and a comment\n',
  '---\n# first\nlist:\n- one\n- two\nother:\n  - x: 1\n    y: 2\n  - x: "3"\n',
  'deep:\n  deeper:\n    deepest: true\n  none:\n  empty: []\n  map: {}\n',
  "q: 'it''s'\nd: \"a: b # c\\n\"\nurl: https://x.example/a#b\n'k y': ~\n",
  'flow: [a, "b, c", 3, {x: 1, y: [z]}]\njson: {"a": "b", "c": [1, 2]}\n',
  '- - a\n  - b\n-\n  c: 1\n- plain text\n',
  'time: 2099-12-31T00:00:00Z\narn: arn:aws:iam::222222222222:role/app\nn: -1.5\nz: 007x\n',
  'a:\n\n    far: 1\n\n# end\nb: "#no"\nc: it\'s #1\n',
  "name: Ünï \"quoted\" it\nq: a 'b' c\nflow: [it's, a b]\n",
];

test.each(documents)('when people write %j, it is read as all readers of YAML read it', (text) => {
  expect(yamlValue(text)).toEqual(parse(text));
});

test('when it is what was written here, it comes back', () => {
  const value = {
    list: [{ a: '1', b: null, c: { d: [] } }, 'x: y', '- z', '#', ' lead', "'", '"', '\u001b[2J'],
    'key: with': { on: 'on', empty: '', zero: 0, no: false, n: '012345678901', e: '1e3' },
  };
  expect(yamlValue(yamlText(value))).toEqual(value);
});

test('when an account number has no quotes, its zeros stay', () => {
  expect(yamlValue('a: 012345678901\nb: 111111111111\n')).toEqual({
    a: '012345678901',
    b: '111111111111',
  });
});

test.each([
  ['a: &x 1', 'line 1: put what begins with &'],
  ['a: |\n  text\n  more', 'line 1: put what begins with |'],
  ['a: !!str 1', 'line 1: put what begins with !'],
  ['a: 1\n\tb: 2', 'line 2: use blanks'],
  ['a: 1\na: 2', 'line 2: a is there twice'],
  ['a: [1, 2', 'line 1: a bracket'],
  ['a: b: c', 'line 1: put a text with a colon'],
  ['a: 1\n---\nb: 2', 'line 2: a file has one document'],
  ['a: 1\n  b: 2', 'line 2: it stands further left or right'],
  ['a: "x', 'line 1: a text in double quotes'],
  ['a:\n  - b\n c: 1', 'line 3: it stands further'],
  ['text\nmore', 'line 2: it stands'],
])('when %j is written, it is refused by its line', (text, message) => {
  expect(() => yamlValue(text)).toThrow(message);
});
