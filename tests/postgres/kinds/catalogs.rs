//! Every table of `pg_catalog`, and how glowplug treats what it holds.

use crate::support::postgres::{Database, query};

/// It has no meaning outside of a row of another catalog, which is on the list itself.
const PART: &str = "part of another";
/// glowplug models what it holds.
const MODELLED: &str = "modelled";
/// It is kept, or what would break it is refused: see the objects.
const KEPT: &str = "kept";
/// It belongs to the server and not to a database, or to its own work.
const SERVER: &str = "the server's own";

/// `SELECT relname FROM pg_class WHERE relnamespace = 'pg_catalog'::regnamespace AND relkind = 'r'`
/// on PostgreSQL 13 to 18.
const CATALOGS: &[(&str, &str)] = &[
    ("pg_aggregate", PART),
    ("pg_am", KEPT),
    ("pg_amop", KEPT),
    ("pg_amproc", KEPT),
    ("pg_attrdef", MODELLED),
    ("pg_attribute", MODELLED),
    ("pg_auth_members", SERVER),
    ("pg_authid", SERVER),
    ("pg_cast", KEPT),
    ("pg_class", MODELLED),
    ("pg_collation", KEPT),
    ("pg_constraint", MODELLED),
    ("pg_conversion", KEPT),
    ("pg_database", SERVER),
    ("pg_db_role_setting", SERVER),
    ("pg_default_acl", KEPT),
    ("pg_depend", PART),
    ("pg_description", MODELLED),
    ("pg_enum", MODELLED),
    ("pg_event_trigger", KEPT),
    ("pg_extension", KEPT),
    ("pg_foreign_data_wrapper", KEPT),
    ("pg_foreign_server", KEPT),
    ("pg_foreign_table", KEPT),
    ("pg_index", MODELLED),
    ("pg_inherits", KEPT),
    ("pg_init_privs", PART),
    ("pg_language", KEPT),
    ("pg_largeobject", KEPT),
    ("pg_largeobject_metadata", KEPT),
    ("pg_namespace", KEPT),
    ("pg_opclass", KEPT),
    ("pg_operator", KEPT),
    ("pg_opfamily", KEPT),
    ("pg_parameter_acl", SERVER),
    ("pg_partitioned_table", KEPT),
    ("pg_policy", KEPT),
    ("pg_proc", KEPT),
    ("pg_publication", KEPT),
    ("pg_publication_namespace", KEPT),
    ("pg_publication_rel", KEPT),
    ("pg_range", MODELLED),
    ("pg_replication_origin", SERVER),
    ("pg_rewrite", KEPT),
    ("pg_seclabel", KEPT),
    ("pg_sequence", MODELLED),
    ("pg_shdepend", PART),
    ("pg_shdescription", SERVER),
    ("pg_shseclabel", SERVER),
    ("pg_statistic", SERVER),
    ("pg_statistic_ext", KEPT),
    ("pg_statistic_ext_data", SERVER),
    ("pg_subscription", KEPT),
    ("pg_subscription_rel", KEPT),
    ("pg_tablespace", SERVER),
    ("pg_transform", KEPT),
    ("pg_trigger", KEPT),
    ("pg_ts_config", KEPT),
    ("pg_ts_config_map", PART),
    ("pg_ts_dict", KEPT),
    ("pg_ts_parser", KEPT),
    ("pg_ts_template", KEPT),
    ("pg_type", MODELLED),
    ("pg_user_mapping", KEPT),
];

#[test]
fn every_catalog_is_on_the_list() {
    let database = Database::create();
    let found = query(
        &mut database.connect(),
        "SELECT relname::text AS line FROM pg_class \
         WHERE relnamespace = 'pg_catalog'::regnamespace AND relkind = 'r' ORDER BY 1",
    );
    let unknown: Vec<_> =
        found.iter().filter(|name| !CATALOGS.iter().any(|(known, _)| known == name)).collect();
    assert!(unknown.is_empty(), "this server has catalogs that nobody thought of: {unknown:?}");
    if database.major() == 15 {
        let gone: Vec<_> =
            CATALOGS.iter().filter(|(known, _)| !found.iter().any(|name| name == known)).collect();
        assert!(gone.is_empty(), "PostgreSQL 15 has no {gone:?}");
    }
}

/// The table of the documentation has them all, each with what is done about it.
#[test]
fn every_catalog_is_in_the_documentation() {
    let text =
        std::fs::read_to_string(crate::support::file("docs/postgres.md")).expect("it is there");
    let (_, text) = text.split_once("## Every catalog").expect("the table");
    let rows: Vec<(&str, &str)> = text
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.split_once("` | "))
        .filter_map(|(name, rest)| Some((name, rest.split_once(" |")?.0)))
        .collect();
    let database = Database::create();
    let found = query(
        &mut database.connect(),
        "SELECT relname::text AS line FROM pg_class \
         WHERE relnamespace = 'pg_catalog'::regnamespace AND relkind = 'r' ORDER BY 1",
    );
    for name in &found {
        assert!(
            rows.iter().any(|(known, _)| known == name),
            "docs/postgres.md says nothing of {name}"
        );
    }
    let listed: Vec<_> = CATALOGS.iter().map(|(name, fate)| (*name, *fate)).collect();
    assert_eq!(rows, listed);
}
