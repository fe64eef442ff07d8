/** Queries of the hot path, compiled once. Building and compiling a query costs more than running it; here only its values change. */
import type { CompiledQuery, InsertQueryBuilder, InsertResult, QueryResult } from 'kysely'
import type { Reader, Writer } from './database.ts'
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

type Scalar = string | number | null
type Compilable<R> = { compile(): CompiledQuery<R> }
type Values = Record<string, Scalar>

/**
 * A statement of the hot path, compiled once. `build` writes it with names in place of values; each of them must stand in the statement
 * where its value will.
 */
export function compiledStatement<P extends Values, R>(
  names: readonly (keyof P & string)[],
  build: (db: Writer, values: P) => Compilable<R>,
): (db: Writer, values: P) => Promise<QueryResult<R>> {
  const known = new WeakMap<object, { compiled: CompiledQuery<R>; values: (keyof P | undefined)[] }>()
  const marks = Object.fromEntries(names.map((name) => [name, `\0${name}`]))
  const prepare = (db: Writer) => {
    const compiled = build(db, marks as P).compile() // only the text of the statement is kept
    const values = compiled.parameters.map((value) => names.find((name) => marks[name] === value))
    return { compiled, values }
  }
  return (db, values) => {
    const { adapter } = db.getExecutor()
    const ready = known.get(adapter) ?? prepare(db)
    known.set(adapter, ready)
    const parameters = ready.values.map((name, i) => (name === undefined ? ready.compiled.parameters[i] : values[name]))
    return db.executeQuery<R>({ ...ready.compiled, parameters })
  }
}

/** The same for a read, outside of a transaction too. */
export function compiledRead<P extends Values, R>(
  names: readonly (keyof P & string)[],
  build: (db: Reader, values: P) => Compilable<R>,
): (db: Reader, values: P) => Promise<R[]> {
  const run = compiledStatement<P, R>(names, build)
  return async (db, values) => (await run(db as Writer, values)).rows // a handle can do more than it shows
}
