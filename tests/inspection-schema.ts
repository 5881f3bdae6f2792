/** The published schema of exports as JSON, held to say everything: what it doesn't name is an error here. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import { readFileSync } from 'node:fs';

function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== 'object' || schema === null) return schema;
  const all = Object.fromEntries(Object.entries(schema).map(([name, value]) => [name, closed(value)]));
  return 'properties' in schema && 'required' in schema ? { ...all, additionalProperties: false } : all;
}

const path = new URL('../schema/inspection.json', import.meta.url);
const published: unknown = JSON.parse(readFileSync(path, 'utf8'));
const isValid = new Ajv2020({ allErrors: true, strictTuples: false }).compile(closed(published) as object);

/** What is wrong with a file; nothing where it is as the schema says. */
export function schemaErrors(file: string): readonly string[] {
  if (isValid(JSON.parse(file))) return [];
  return (isValid.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`);
}
