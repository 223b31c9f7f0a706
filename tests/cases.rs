//! The case corpus: `tests/cases/<object>-<change>/`, see [`crate::support::case`].
//!
//! Every folder is a test by its name: `cases::column_drop::golden`, `…::sqlite`, `…::freedom` (other
//! programs run what was written), `…::postgres`, `…::mysql`.

use glowplug::backend::Backend;

use crate::support::case::Case;
use crate::support::{golden, try_mysql, try_postgres, try_sqlite};

#[track_caller]
fn report(name: &str, problems: &[String]) {
    assert!(problems.is_empty(), "{name}\n{}", problems.join("\n"));
}

fn compare(name: &str) {
    report(name, &golden::compare(&Case::open(name)));
}

fn on_sqlite(name: &str) {
    let folder = tempfile::tempdir().unwrap();
    report(name, &try_sqlite::live(&Case::open(name), folder.path()));
}

fn on_postgres(name: &str) {
    report(name, &try_postgres::live(&Case::open(name)));
}

fn on_mysql(name: &str) {
    report(name, &try_mysql::live(&Case::open(name)));
}

/// A module for each folder, with a test for each way to try it.
macro_rules! cases {
    ($($backends:ident: $($name:ident)*;)*) => {
        $($(
            mod $name {
                #[test]
                fn golden() {
                    super::compare(&stringify!($name).replace('_', "-"));
                }
                cases!(@$backends $name);
            }
        )*)*

        /// What the list says: folder and backends.
        const LISTED: &[(&str, &str)] = &[$($((stringify!($name), stringify!($backends)),)*)*];
    };
    (@everywhere $name:ident) => {
        cases!(@sqlite $name);
        cases!(@postgres $name);
        cases!(@mysql $name);
    };
    (@mysql $name:ident) => {
        #[test]
        fn mysql() {
            super::on_mysql(&stringify!($name).replace('_', "-"));
        }
    };
    (@sqlite $name:ident) => {
        #[test]
        fn sqlite() {
            super::on_sqlite(&stringify!($name).replace('_', "-"));
        }
        #[test]
        fn freedom() {
            crate::freedom::through_other_programs(&stringify!($name).replace('_', "-"));
        }
    };
    (@postgres $name:ident) => {
        #[test]
        fn postgres() {
            super::on_postgres(&stringify!($name).replace('_', "-"));
        }
    };
}

#[test]
fn every_folder_is_listed_with_its_backends() {
    let mut listed: Vec<(String, &str)> =
        LISTED.iter().map(|(name, backends)| (name.replace('_', "-"), *backends)).collect();
    listed.sort();
    let folders = Case::all().into_iter().map(|name| {
        let case = Case::open(&name);
        let runs = [Backend::Sqlite, Backend::Postgres, Backend::Mysql].map(|b| case.runs_on(b));
        let backends = match runs {
            [true, true, true] => "everywhere",
            [true, false, false] => "sqlite",
            [false, true, false] => "postgres",
            [false, false, true] => "mysql",
            other => panic!("{name} runs on {other:?}"),
        };
        (name, backends)
    });
    assert_eq!(listed, folders.collect::<Vec<_>>());
}

cases! {
    everywhere:
        check_add check_change check_drop column_add_check column_add_check_defaulted
        column_add_default column_add_default_now column_add_fill column_add_fill_triggered
        column_add_generated_stored
        column_add_indexed column_add_joinable column_add_many column_add_nullable
        column_add_reference column_add_unique column_drop column_drop_checked
        column_drop_defaulted column_drop_generated column_drop_indexed column_drop_last
        column_drop_reference column_drop_required column_drop_required_filled column_drop_unique
        column_rename column_rename_answered column_rename_case column_rename_chain
        column_rename_checked column_rename_generated column_rename_indexed column_rename_key
        column_rename_required column_rename_retype default_add default_change default_drop
        default_spelling foreign_key_action foreign_key_add foreign_key_composite
        foreign_key_deferrable foreign_key_drop foreign_key_self generated_change
        generated_to_plain index_add index_add_expression index_add_partial index_add_unique
        index_change index_drop index_rename index_to_unique key_composite key_nullable_printed
        key_order key_single
        key_text many_changes_one_table many_tables names_case names_hostile names_long
        names_reserved names_unicode nothing_key_form nothing_order nothing_undescribed
        nullable_to_required nullable_to_required_defaulted nullable_to_required_filled
        refused_check_broken refused_column_drop refused_described_drops refused_drop_unknown
        refused_duplicates refused_fill_unused refused_key_duplicates refused_looks_like_rename
        refused_lossy_type refused_nulls refused_orphans refused_reference_missing
        refused_rename_unknown refused_required_without_fill required_to_nullable table_create
        table_create_composite table_create_joinable table_create_plain table_create_text_key
        table_drop table_rename table_rename_answered table_rename_case table_rename_chain table_rename_columns
        table_rename_rebuild table_replace_reference tables_create_chain tables_create_cycle
        tables_drop_chain tables_drop_cycle type_and_default type_integer_to_text type_key
        type_length_grow type_length_shrink type_native type_text_to_double type_text_to_integer
        type_widen unique_add unique_add_unnamed unique_change unique_drop unique_name
        unique_referenced view_change view_create view_drop view_over_new_column;
    sqlite:
        check_on_renamed check_spelling collate_name_change collation_add collation_change
        column_add_collate column_add_generated_virtual column_drop_beside_triggers
        column_drop_own_words column_drop_parenthesised column_rename_camel column_rename_conflict
        column_rename_triggered column_rename_viewed column_rename_views_chain column_untyped_kept
        conflict_check_add conflict_column_add conflict_column_drop conflict_column_nullable
        conflict_column_required conflict_kept_column_add conflict_kept_default
        conflict_kept_index conflict_kept_rebuild conflict_kept_undescribed conflict_key_add
        conflict_key_change conflict_key_composite_drop conflict_key_text_add
        conflict_not_null_add conflict_not_null_change conflict_not_null_drop
        conflict_table_create conflict_unique_add conflict_unique_change conflict_unique_drop
        default_name_add default_name_change foreign_key_child_without_rowid
        foreign_key_composite_conflict foreign_key_composite_incoming
        foreign_key_composite_rebuilt foreign_key_composite_renamed foreign_key_deferrable_apart
        foreign_key_deferrable_apart_nullable foreign_key_deferrable_change
        foreign_key_deferrable_off foreign_key_implicit_kept foreign_key_implicit_parent
        foreign_key_implicit_renamed foreign_key_match_kept foreign_key_parent_without_rowid
        foreign_key_self_composite foreign_key_self_rebuilt foreign_key_self_renamed
        foreign_key_self_renamed_rebuilt foreign_key_two_ways generated_chain_kept
        generated_indexed_change generated_name_add generated_over_renamed
        generated_over_renamed_rebuilt generated_required_kept generated_storage_change
        generated_strict index_add_collate index_collate_change index_descending_change
        index_expression_rebuilt index_expression_renamed index_named_as_constraint
        index_partial_change index_partial_retyped key_autoincrement_kept key_autoincrement_off
        key_autoincrement_on key_collate_add key_collate_change key_collate_drop key_collate_kept
        key_composite_descending key_composite_descending_kept key_descending_counted
        key_descending_create key_descending_kept key_descending_off key_descending_on
        key_descending_plain key_descending_rowid key_integer_to_text names_kept_rebuild
        names_kept_unsaid nokey_from_key nokey_rebuilt nokey_to_key not_null_name_add
        not_null_name_change nothing_conflict_abort nothing_names_unstated rebuild_children
        rebuild_comments rebuild_hostile_text rebuild_invalid_text rebuild_rowids
        rebuild_trigger_both_sides rebuild_trigger_case rebuild_trigger_elsewhere
        rebuild_trigger_instead_of rebuild_trigger_raise rebuild_trigger_update_of
        rebuild_triggers rebuild_undescribed rebuild_view_columns rebuild_views
        rebuild_views_chain refused_column_drop_triggered refused_column_drop_viewed
        refused_column_rename_key_in_unique refused_column_rename_key_in_unique_of_renamed_table
        refused_column_rename_key_without_rowid refused_key_collate_duplicates refused_strict_misfit
        refused_table_drop_referenced refused_table_drop_viewed refused_unique_collate_duplicates
        sequence_kept_emptied sequence_kept_renamed sequence_two_tables statistics_beside
        strict_any_kept strict_column_add strict_without_rowid_on table_create_key_kinds
        table_create_strict table_rename_triggered table_rename_viewed table_strict_off
        table_strict_on table_without_rowid_off table_without_rowid_on type_same_for_diesel
        type_unfit_value unique_collate_add unique_collate_drop unique_collate_renamed
        unique_collate_twice unique_descending_add view_change_triggered view_columns_kept
        virtual_fts5_beside virtual_fts5_rowids virtual_rtree_beside without_rowid_column_drop
        without_rowid_index_kept without_rowid_key_change without_rowid_triggered;
    postgres:
        check_no_inherit check_not_valid check_validated column_compression
        column_rename_viewed_postgres column_storage comment_change composite_change
        composite_change_unused composite_create composite_drop
        definitions_of_definitions definitions_of_definitions_drop definitions_schema
        definition_comments domain_change domain_create domain_drop enum_add_value enum_create enum_drop
        enum_drop_value enum_drop_value_used_around enum_reorder exclusion_add
        exclusion_change exclusion_drop exclusion_spelling foreign_key_match_full
        foreign_key_not_valid foreign_key_set_columns identity_change identity_serial
        index_methods index_nulls_not_distinct index_with key_deferrable key_include
        definitions_drop_settings dropped_with_settings enum_reorder_settings
        generated_change_comments
        materialized_view_change materialized_view_create materialized_view_drop
        materialized_view_index_add materialized_view_index_change
        materialized_view_index_drop materialized_view_index_retyped
        nothing_materialized_view_index
        nothing_domain_undescribed nothing_index_spelling nothing_record_composite
        record_create record_drop record_part_add refused_record_parts
        range_change range_create refused_column_drop_viewed_postgres
        refused_composite_attribute refused_composite_order refused_domain_type
        refused_enum_value_in_use refused_sequence_in_use refused_type_computed
        refused_type_computed_referred type_computed type_computed_around
        refused_type_unfit_value schema_qualified sequence_change sequence_create
        sequence_drop table_create_unlogged table_unlogged table_with type_viewed
        types_postgres unique_deferrable unique_include unique_nulls_not_distinct
        view_change_under_views view_to_materialized;
    mysql:
        mysql_charset_latin mysql_charset_table mysql_collation_column mysql_collation_table
        mysql_column_check_kept mysql_comment_change mysql_default_expression
        mysql_engine_change mysql_enum_append mysql_enum_from_text mysql_enum_insert
        mysql_enum_remove mysql_enum_to_text mysql_generated_from_plain
        mysql_generated_virtual mysql_generated_virtual_change
        mysql_generated_virtual_to_plain mysql_index_fulltext mysql_index_fulltext_drop
        mysql_index_hash mysql_index_ignored mysql_index_prefix mysql_index_prefix_change
        mysql_index_spatial mysql_invisible mysql_json_add mysql_json_from_text
        mysql_key_auto_increment_off mysql_key_auto_increment_on mysql_key_composite
        mysql_names_case mysql_names_hostile mysql_on_update_add mysql_on_update_drop
        mysql_on_update_kept mysql_partitions_kept mysql_reference_drop
        mysql_reference_index_add mysql_reference_index_drop mysql_reference_widen
        mysql_row_format mysql_sequence_kept mysql_set_change mysql_table_create
        mysql_trigger_fill_constant mysql_trigger_kept mysql_types_native mysql_unsigned_on
        mysql_unsigned_widen refused_mysql_enum_remove refused_mysql_trigger_column_drop
        refused_mysql_trigger_fill refused_mysql_versioned refused_mysql_view_breaks;
}
