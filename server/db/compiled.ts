/**
 * Inserts of the hot path, compiled once. Building and compiling an insert costs more than running it; here only its values change.
 */
import type { CompiledQuery, InsertQueryBuilder, InsertResult, QueryResult } from 'kysely'
import type { Writer } from './database.ts'
import { type Row, TABLES, type Tables } from './schema.ts'

type Build<T extends keyof Tables> = (
  insert: InsertQueryBuilder<Tables, T, InsertResult>,
) => InsertQueryBuilder<Tables, T, InsertResult>

/** An insert of whole rows into one table; `extend` adds what follows the values, such as a conflict clause. */
export function compiledInsert<T extends keyof Tables>(table: T, extend: Build<T> = (insert) => insert) {
  const columns = Object.keys(TABLES[table]) as (keyof Row<T>)[] // the keys of its own dictionary entry
  // One entry per open database: its engine decides the text.
  const known = new WeakMap<object, CompiledQuery>()
  return (db: Writer, row: Row<T>): Promise<QueryResult<unknown>> => {
    const { adapter } = db.getExecutor()
    const compiled =
      known.get(adapter) ??
      extend(db.insertInto(table).values(inOrder<Record<string, unknown>>(columns as string[], row) as never)).compile() // a whole row fits
    known.set(adapter, compiled)
    return db.executeQuery({ ...compiled, parameters: columns.map((column) => row[column]) })
  }
}

/** Parameters are numbered in the order of the keys, so the keys stand in the order of the dictionary. */
function inOrder<R extends object>(columns: (keyof R)[], row: R): Partial<R> {
  return Object.fromEntries(columns.map((column) => [column, row[column]])) as Partial<R> // built from its own keys
}
