// schema.sql is what reviewers read: it must be the truth, and leave nothing out.
import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { describeSchema, schemaFile } from '../../../../../tools/schema.ts';
import { temporaryDatabase } from './temporary-database.ts';

test('when the migrations change, node tools/schema.ts has been run', async () => {
  const db = await temporaryDatabase();
  const text = await describeSchema(db);
  await db.close();

  expect(await readFile(schemaFile, 'utf8')).toBe(text);
});

test('when a schema uses every kind of object, the description names each of them', async () => {
  const db = await temporaryDatabase({ schema: 'empty' });
  await db.query(everyKindOfObject);
  const text = await describeSchema(db);
  await db.close();

  for (const part of expectedParts) expect(text).toContain(part);
});

const everyKindOfObject = `
  create type mood as enum ('calm', 'angry');
  create function nothing() returns trigger language plpgsql as $$ begin return new; end $$;
  create table parents (id bigint generated always as identity primary key);
  create table things (
    id text collate "C" primary key,
    parent_id bigint not null references parents on delete cascade,
    felt mood not null default 'calm',
    size int check (size > 0),
    twice int generated always as (size * 2) stored,
    at timestamptz not null default now(),
    unique (parent_id, felt)
  );
  create index things_small on things (size) where size < 10;
  comment on column things.size is 'In metres';
  alter table things enable row level security;
  alter table things force row level security;
  create policy own on things for select using (felt = 'calm');
  create trigger touched before update on things for each row execute function nothing();
  create view calm_things as select id from things where felt = 'calm';
`;

const expectedParts = [
  `create type mood as enum ('calm', 'angry');`,
  'CREATE OR REPLACE FUNCTION public.nothing()',
  'id bigint generated always as identity not null',
  'id text collate "C" not null',
  `felt mood default 'calm'::mood not null`,
  'twice integer generated always as ((size * 2)) stored',
  'at timestamptz default now() not null',
  'constraint things_pkey PRIMARY KEY (id)',
  'constraint things_parent_id_felt_key UNIQUE (parent_id, felt)',
  'things_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES parents(id) ON DELETE CASCADE',
  'constraint things_size_check CHECK (size > 0)',
  'CREATE INDEX things_small ON public.things USING btree (size) WHERE (size < 10);',
  `comment on column things.size is 'In metres';`,
  'alter table things enable row level security;',
  'alter table things force row level security;',
  `create policy own on things as permissive for select to public using ((felt = 'calm'::mood));`,
  'CREATE TRIGGER touched BEFORE UPDATE ON things FOR EACH ROW EXECUTE FUNCTION nothing();',
  'create view calm_things as',
];
