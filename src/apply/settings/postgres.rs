//! PostgreSQL's settings, and what lives as long as its session.

use super::Named;
use crate::apply::sql::{literal, name};
use crate::model::Backend;

/// What `SET SESSION AUTHORIZATION` sets.
pub(super) const USER: &str = "session_authorization";

/// What `SET ROLE` sets.
pub(super) const ROLE: &str = "role";

/// Lines `name=value`, and `=` with SQL that removes what the session made. `pg_settings` leaves
/// out who somebody is, and what an application set under a name of its own (`GUC_NO_SHOW_ALL` and
/// `GUC_CUSTOM_PLACEHOLDER` in PostgreSQL 15). What a transaction is ends with it; `transaction_timeout`
/// (17) does not.
pub(super) fn read(named: &Named) -> String {
    let asked = named.custom.iter().map(String::as_str).chain([ROLE, USER]);
    let asked = asked.map(|key| {
        let key = literal(Backend::Postgres, key);
        let value = format!("pg_catalog.current_setting({key}, true)");
        format!("SELECT pg_catalog.concat({key}, '=', {value}) WHERE {value} IS NOT NULL")
    });
    let asked = asked.collect::<Vec<_>>().join(" UNION ALL ");
    format!("{SETTINGS} UNION ALL {asked} UNION ALL {MADE} UNION ALL {}", locks(named.lock))
}

const SETTINGS: &str = "SELECT pg_catalog.concat(name, '=', setting) AS v \
    FROM pg_catalog.pg_settings WHERE source OPERATOR(pg_catalog.=) 'session' \
    AND name OPERATOR(pg_catalog.<>) ALL \
      ('{transaction_isolation,transaction_read_only,transaction_deferrable}')";

/// Objects of `pg_temp`, statements of `PREPARE`, cursors that outlive their transaction, and
/// channels of `LISTEN`. Most sessions have no `pg_temp`, and then nothing is searched for it.
const MADE: &str = "(SELECT v FROM ( \
      SELECT c.oid, pg_catalog.format('=DROP %s IF EXISTS pg_temp.%I', \
        CASE WHEN c.relkind OPERATOR(pg_catalog.=) 'v' THEN 'VIEW' \
          WHEN c.relkind OPERATOR(pg_catalog.=) 'S' THEN 'SEQUENCE' \
          WHEN c.relkind OPERATOR(pg_catalog.=) 'c' THEN 'TYPE' ELSE 'TABLE' END, c.relname) AS v \
      FROM pg_catalog.pg_class c WHERE pg_catalog.pg_my_temp_schema() OPERATOR(pg_catalog.<>) 0 \
        AND c.relnamespace OPERATOR(pg_catalog.=) pg_catalog.pg_my_temp_schema() \
        AND c.relkind OPERATOR(pg_catalog.<>) ALL ('{i,I}') \
      UNION ALL SELECT t.oid, pg_catalog.format('=DROP TYPE IF EXISTS pg_temp.%I', t.typname) \
      FROM pg_catalog.pg_type t WHERE pg_catalog.pg_my_temp_schema() OPERATOR(pg_catalog.<>) 0 \
        AND t.typnamespace OPERATOR(pg_catalog.=) pg_catalog.pg_my_temp_schema() \
        AND t.typtype OPERATOR(pg_catalog.=) ANY ('{d,e,r}') \
      UNION ALL SELECT p.oid, pg_catalog.format('=DROP ROUTINE IF EXISTS pg_temp.%I(%s)', \
        p.proname, pg_catalog.pg_get_function_identity_arguments(p.oid)) \
      FROM pg_catalog.pg_proc p WHERE pg_catalog.pg_my_temp_schema() OPERATOR(pg_catalog.<>) 0 \
        AND p.pronamespace OPERATOR(pg_catalog.=) pg_catalog.pg_my_temp_schema() \
      ORDER BY 1 DESC) AS temporary) \
    UNION ALL SELECT pg_catalog.format('=DEALLOCATE %I', name) \
      FROM pg_catalog.pg_prepared_statements WHERE from_sql \
    UNION ALL SELECT pg_catalog.format('=CLOSE %I', name) \
      FROM pg_catalog.pg_cursors WHERE is_holdable \
    UNION ALL SELECT pg_catalog.format('=UNLISTEN %I', channel) \
      FROM pg_catalog.pg_listening_channels() AS channel";

/// Gives back a lock as often as it was taken, which `pg_locks` does not tell.
const UNLOCK: &str = "WITH RECURSIVE given(back) AS (SELECT pg_catalog.pg_advisory_unlock%1$s(%2$s) \
    UNION ALL SELECT pg_catalog.pg_advisory_unlock%1$s(%2$s) FROM given WHERE back) \
    SELECT pg_catalog.count(*) FROM given";

/// Advisory locks of the session, which a migration may have taken and not given back; those of a
/// transaction are shown alike, and go with it. One of a key has `objsubid` 1, one of two keys 2
/// (PostgreSQL 15, 54.12). The lock of the run itself has the key.
fn locks(own: Option<i64>) -> String {
    let others = own.map_or("true".to_owned(), |key| {
        format!("key.whole OPERATOR(pg_catalog.<>) '{key}'::pg_catalog.int8")
    });
    format!(
        "SELECT pg_catalog.format('={UNLOCK}', \
           CASE WHEN mode OPERATOR(pg_catalog.=) 'ShareLock' THEN '_shared' END, \
           CASE WHEN objsubid OPERATOR(pg_catalog.=) 1 THEN key.whole::pg_catalog.text \
             ELSE pg_catalog.format('%s, %s', key.high, key.low) END) \
         FROM pg_catalog.pg_locks, LATERAL (SELECT \
           classid::pg_catalog.int8::pg_catalog.bit(32)::pg_catalog.int4 AS high, \
           objid::pg_catalog.int8::pg_catalog.bit(32)::pg_catalog.int4 AS low, \
           (classid::pg_catalog.int8::pg_catalog.bit(32) OPERATOR(pg_catalog.||) \
             objid::pg_catalog.int8::pg_catalog.bit(32))::pg_catalog.bit(64)::pg_catalog.int8 AS whole) key \
         WHERE locktype OPERATOR(pg_catalog.=) 'advisory' AND granted \
           AND pid OPERATOR(pg_catalog.=) pg_catalog.pg_backend_pid() \
           AND {others}"
    )
}

/// SQL that puts a setting back: to a value, or to what it is where the session says nothing.
pub(super) fn set(key: &str, value: Option<&str>) -> String {
    let quoted = |text| name(Backend::Postgres, text);
    match (key, value) {
        (ROLE, None | Some("none")) => "RESET ROLE".to_owned(),
        (USER, Some(user)) => format!("SET SESSION AUTHORIZATION {}", quoted(user)),
        (key, Some(value)) => format!(
            "SELECT pg_catalog.set_config({}, {}, false)",
            literal(Backend::Postgres, key),
            literal(Backend::Postgres, value)
        ),
        (key, None) => {
            format!("RESET {}", key.split('.').map(quoted).collect::<Vec<_>>().join("."))
        }
    }
}
