//! The words of `ddl!`, by the place where they stand.
//!
//! Only a `ddl!` that does not compile comes here: for rustc's own error, with a word that is near.

#![allow(missing_docs, non_upper_case_globals)]

use std::marker::PhantomData;

/// SQL for each backend.
#[derive(Clone, Copy, Debug)]
pub struct Sql {
    pub sqlite: &'static str,
    pub postgres: &'static str,
    pub mysql: &'static str,
    /// Never written, so that `..SQL` always fills something.
    pub __: (),
}

pub const SQL: Sql = Sql { sqlite: "", postgres: "", mysql: "", __: () };

/// What `sequence name { … }` says.
#[derive(Clone, Copy, Debug)]
pub struct Sequence {
    pub data_type: &'static str,
    pub start: &'static str,
    pub increment: &'static str,
    pub minvalue: &'static str,
    pub maxvalue: &'static str,
    pub cache: &'static str,
    pub cycle: &'static str,
    pub comment: &'static str,
    /// Never written, as in [`Sql`].
    pub __: (),
}

pub const SEQUENCE: Sequence = Sequence {
    data_type: "",
    start: "",
    increment: "",
    minvalue: "",
    maxvalue: "",
    cache: "",
    cycle: "",
    comment: "",
    __: (),
};

/// What `range name { … }` says.
#[derive(Clone, Copy, Debug)]
pub struct Range {
    pub subtype: &'static str,
    pub subtype_opclass: &'static str,
    pub collation: &'static str,
    pub canonical: &'static str,
    pub subtype_diff: &'static str,
    pub multirange_type_name: &'static str,
    pub comment: &'static str,
    /// Never written, as in [`Sql`].
    pub __: (),
}

pub const RANGE: Range = Range {
    subtype: "",
    subtype_opclass: "",
    collation: "",
    canonical: "",
    subtype_diff: "",
    multirange_type_name: "",
    comment: "",
    __: (),
};

/// A known word. Its method, which bears its name, needs the right shape.
#[derive(Debug)]
pub struct Word<Tag, Shape>(PhantomData<(Tag, Shape)>);

/// No shape.
#[derive(Debug)]
pub struct Malformed;

/// Places where no word is known.
pub mod expected_sql_in_double_quotes {}
pub mod expected_a_comma_or_a_semicolon {}

macro_rules! words {
    ( $( $place:ident { $( $word:ident $expected:literal; )+ } )+ ) => { $(
        pub mod $place { $(
            pub const $word: super::Word<$word::Tag, super::Malformed> =
                super::Word(std::marker::PhantomData);
            pub mod $word {
                #[derive(Debug)]
                pub struct Tag;
                #[diagnostic::on_unimplemented(
                    message = "this is not how `ddl!` writes it",
                    label = $expected
                )]
                pub trait Shape {}
                impl<S> super::super::Word<Tag, S> where super::super::Word<Tag, S>: Shape {
                    pub const fn $word(&self) {}
                }
            }
        )+ }
    )+ };
}

// `enum`, `type` and `where` are Rust's keywords and cannot be named here.
words! {
    item {
        table "expected `table path {{ … }}`";
        view "expected `view name \"SELECT …\";`";
        materialized_view "expected `materialized_view name \"SELECT …\" [{{ index …; }}];`";
        extension "expected `extension name;`";
        domain "expected `domain name \"type\";` or `domain name {{ type \"…\"; … }}`";
        composite "expected `composite name {{ attribute \"type\", … }} [{{ comment \"…\"; }}]`";
        range "expected `range name {{ subtype \"type\", … }}`";
        sequence "expected `sequence name;` or `sequence name {{ start \"1\", … }}`";
    }
    clause {
        unique "expected `unique [name] (column, …) …;` or `unique index [name] (…) …;`";
        index "expected `index [name] (column | \"expression\", …) [where \"…\"] [using method] [include (column, …)];`";
        check "expected `check [name] \"condition\" …;`";
        exclude "expected `exclude [name] \"USING method (column WITH operator, …)\" …;`";
        foreign "expected `foreign key [name] (column, …) references table (column, …) …;`";
        primary "expected `primary key [name] (column, …) …;`";
        no "expected `no primary key;`";
        strict "expected `strict;`";
        without "expected `without rowid;`";
        engine "expected `engine \"…\";`";
        options "expected `options {{ name \"value\", … }};`";
        comment "expected `comment \"…\";`";
        unlogged "expected `unlogged;`";
        with "expected `with \"parameter = value, …\";`";
    }
    view {
        unique "expected `unique index [name] (…) …;`";
        index "expected `index [name] (column | \"expression\", …) [where \"…\"] [using method] [include (column, …)];`";
    }
    domain {
        not "expected `not null;`";
        default "expected `default \"expression\";`";
        collate "expected `collate \"collation\";`";
        check "expected `check [name] \"condition\" [not valid];`";
        comment "expected `comment \"…\";`";
    }
    foreign {
        key "expected `foreign key [name] (column, …) references table (column, …) …;`";
    }
    primary {
        key "expected `primary key [name] (column, …) …;`";
    }
    no {
        primary "expected `no primary key;`";
    }
    without {
        rowid "expected `without rowid;`";
    }
    column {
        identity "expected `identity` or `identity always`, once";
        serial "only one of `identity`, `serial`, `rowid` and `unassigned` was expected";
        rowid "only one of `identity`, `serial`, `rowid` and `unassigned` was expected";
        unassigned "only one of `identity`, `serial`, `rowid` and `unassigned` was expected";
        default "expected `default \"expression\"`, once";
        generated "expected `generated \"expression\" stored` or `… virtual`, once";
        collate "expected `collate \"collation\"`, once";
        comment "expected `comment \"…\"`, once";
        storage "expected `storage \"…\"`, once";
        compression "expected `compression \"…\"`, once";
        not "expected `not null [named name] [on conflict …]`, once";
    }
    generated {
        stored "expected `generated \"expression\" stored`, once";
    }
    index {
        using "expected `using method`, once";
        include "expected `include (column, …)`, once";
        with "expected `with \"parameter = value, …\"`, once";
        nulls "expected `nulls not distinct`, once";
    }
    key {
        nulls "expected `nulls not distinct`, once, of a unique constraint";
        include "expected `include (column, …)`, once";
        deferrable "expected `deferrable`, once";
        on "expected `on conflict rollback | abort | fail | ignore | replace`, at the end";
    }
    key_part {
        asc "only one of `asc` and `desc` was expected";
        desc "only one of `asc` and `desc` was expected";
        collate "expected `collate \"collation\"`, once";
    }
    conflict {
        rollback "expected `on conflict rollback`";
        abort "expected `on conflict abort`";
        fail "expected `on conflict fail`";
        ignore "expected `on conflict ignore`";
        replace "expected `on conflict replace`";
    }
    check {
        on "expected `on conflict rollback | abort | fail | ignore | replace`, at the end";
        no "expected `no inherit`, once";
        not "expected `not valid`, once";
    }
    index_key {
        asc "only one of `asc` and `desc` was expected";
        desc "only one of `asc` and `desc` was expected";
        nulls "expected `nulls first` or `nulls last`, once";
        collate "expected `collate \"collation\"`, once";
        opclass "expected `opclass \"class\"`, once";
    }
    nulls {
        first "expected `nulls first`";
        last "expected `nulls last`";
    }
    references {
        references "expected `references table (column, …)` or `references \"table\" (\"column\", …)`";
    }
    foreign_key {
        on "expected `on delete …` or `on update …`, each once";
        deferrable "expected `deferrable`, once";
        not "expected `not valid`, once";
    }
    on {
        delete "expected `on delete cascade | restrict | set null | set default | no action`, once";
        update "expected `on update cascade | restrict | set null | set default | no action`, once";
    }
    action {
        cascade "expected `cascade`";
        restrict "expected `restrict`";
        set "expected `set null` or `set default`";
        no "expected `no action`";
    }
    initially {
        deferred "expected `initially deferred`";
        immediate "expected `initially immediate`";
    }
}
