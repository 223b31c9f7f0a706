//! The query that comes first, and what all have in common. One query a kind of object stands in a
//! file of its own, with what comes back and what it becomes, whatever the number of tables. Joins to
//! the model are made by the client.

use diesel::QueryableByName;
use diesel::sql_types::{Bool, Integer, Oid, Text};

#[derive(QueryableByName)]
pub(super) struct Namespace {
    #[diesel(sql_type = Oid)]
    pub(super) oid: u32,
    #[diesel(sql_type = Text)]
    pub(super) name: String,
    #[diesel(sql_type = Bool)]
    pub(super) is_default: bool,
    #[diesel(sql_type = Integer)]
    pub(super) version: i32,
}

/// `$1`: the further schemas of the scope. From here on `search_path` names the default schema
/// alone, until the transaction ends: every text of the server says where an object is, unless it
/// is there, and no function or operator of another schema can stand in for the server's own.
/// Until then even operators and types are named in full. Queries like these are compiled for
/// longer than they run.
pub(super) const NAMESPACES: &str = "\
SELECT n.oid, n.nspname::pg_catalog.text AS name,
  n.nspname OPERATOR(pg_catalog.=) pg_catalog.current_schema() AS is_default,
  pg_catalog.current_setting('server_version_num')::pg_catalog.int4 AS version,
  pg_catalog.set_config('search_path',
    pg_catalog.quote_ident(pg_catalog.current_schema()), true) AS path,
  pg_catalog.set_config('jit', 'off', true) AS jit
FROM pg_catalog.pg_namespace n
WHERE n.nspname OPERATOR(pg_catalog.=) pg_catalog.current_schema()
  OR n.nspname::pg_catalog.text OPERATOR(pg_catalog.=) ANY ($1)";

/// Columns of the catalog that came with a later version, as every version understands them, and
/// as those do that have them: the detour makes a query take twice the time.
const LATER: [(i32, &str, &str); 3] = [
    (14_00_00, "pg_catalog.to_jsonb(a) ->> 'attcompression'", "a.attcompression::text"),
    (
        15_00_00,
        "pg_catalog.to_jsonb(k) -> 'confdelsetcols'",
        "pg_catalog.to_jsonb(k.confdelsetcols)",
    ),
    (15_00_00, "pg_catalog.to_jsonb(i) ->> 'indnullsnotdistinct'", "i.indnullsnotdistinct::text"),
];

/// The query as this version of the server answers it fastest.
pub(super) fn for_version(query: &str, version: i32) -> String {
    let known = LATER.iter().filter(|(since, ..)| version >= *since);
    known.fold(query.to_owned(), |query, (_, detour, column)| query.replace(detour, column))
}
