//! The arms that check what stands in `ddl!`.
//!
//! No arm calls itself for each item or clause, so the depth of expansion does not grow with
//! their number and a thousand of them compile at the default recursion limit. Only within one
//! clause a macro goes on from word to word; the slots that it carries tell which words were
//! there, since each may stand once.
//!
//! Words and names reach rustc's name resolution as the user's own identifiers. Its errors, and
//! those about methods and fields, are reported at the identifier; an error of the types of an
//! expression would only point at the `ddl!` as a whole.

/// One item. What an arm does not know goes to the last one, which always fails.
#[doc(hidden)]
#[macro_export]
macro_rules! __ddl_item {
    ( [ $($meta:tt)* ] table $table:tt [] [] { $($body:tt)* } ) => {
        $($meta)*
        const _: () = { $crate::__ddl_table! { $table $($body)* } };
    };
    ( [ $($meta:tt)* ] enum $name:tt $part:tt [] ( $( $value:literal ),+ $(,)? ) ) => {
        $($meta)*
        const _: &[&str] = &[ $( $value ),+ ];
    };
    ( [ $($meta:tt)* ] view $name:tt $part:tt [ $sql:literal ] ) => {
        $($meta)*
        const _: () = { $crate::__ddl_sql! { $sql } };
    };
    ( [ $($meta:tt)* ] view $name:tt $part:tt [] { $($sql:tt)* } ) => {
        $($meta)*
        const _: () = { $crate::__ddl_sql! { { $($sql)* } } };
    };
    (
        [ $($meta:tt)* ] materialized_view $name:tt $part:tt [ $sql:literal ] { $($body:tt)* }
    ) => {
        $($meta)*
        const _: () = {
            $crate::__ddl_sql! { $sql }
            $crate::__ddl_view! { $name $part $($body)* }
        };
    };
    (
        [ $($meta:tt)* ] materialized_view $name:tt $part:tt [] { $($sql:tt)* } { $($body:tt)* }
    ) => {
        $($meta)*
        const _: () = {
            $crate::__ddl_sql! { { $($sql)* } }
            $crate::__ddl_view! { $name $part $($body)* }
        };
    };
    ( $meta:tt materialized_view $($rest:tt)* ) => { $crate::__ddl_item! { $meta view $($rest)* } };
    ( $meta:tt extension $name:tt $part:tt [] ) => {};
    ( [ $($meta:tt)* ] domain $name:tt $part:tt [ $native:literal ] ) => {
        $($meta)*
        const _: &str = $native;
    };
    ( [ $($meta:tt)* ] domain $name:tt $part:tt [] { $($body:tt)* } ) => {
        $($meta)*
        const _: () = { $crate::__ddl_domain! { $($body)* } };
    };
    (
        [ $($meta:tt)* ] composite $name:tt $part:tt [] { $( $of:tt $native:literal ),* $(,)? }
        $( { comment $comment:literal ; } )?
    ) => {
        $($meta)*
        const _: () = {
            $( $crate::__ddl_option! { $of $native } )*
            $( let _: &str = $comment; )?
        };
    };
    ( $meta:tt sequence $name:tt $part:tt [] ) => {};
    ( [ $($meta:tt)* ] sequence $name:tt $part:tt [] { $( $of:ident $value:literal ),* $(,)? } ) => {
        $($meta)*
        const _: () = {
            let _ = $crate::words::Sequence { $( $of: $value, )* ..$crate::words::SEQUENCE };
        };
    };
    ( [ $($meta:tt)* ] range $name:tt $part:tt [] { $( $of:ident $value:literal ),+ $(,)? } ) => {
        $($meta)*
        const _: () = {
            let _ = $crate::words::Range { $( $of: $value, )+ ..$crate::words::RANGE };
        };
    };
    ( $meta:tt enum $($rest:tt)* ) => {
        compile_error! { "expected `enum name (\"value\", …);`" }
    };
    ( $meta:tt $word:ident $($rest:tt)* ) => {
        const _: () = { $crate::__ddl_word! { item $word } };
    };
}

/// The clauses of a materialised view, matched whole as those of a table are. Columns are those of
/// the `table!` with its path; a name with a schema before a dot is none.
#[doc(hidden)]
#[macro_export]
macro_rules! __ddl_view {
    ( $name:tt [ $part:tt ] $($clauses:tt)* ) => {
        $crate::__ddl_view! { [ "" ] [] $($clauses)* }
    };
    ( $name:tt [] $(
        $word:ident $( $also:ident )* $( $text:literal )? ( $($paren:tt)* )
        $(
            $option:ident
            $( $value:literal )?
            $( ( $($columns:tt)* ) )?
            $( { $($brace:tt)* } )?
        )* ;
    )* ) => { $(
        $crate::__ddl_view_clause! {
            ( $name ) $word $( $also )* $( $text )? ( $($paren)* )
            $( $option $( $value )? $( ( $($columns)* ) )? $( { $($brace)* } )? )*
        }
    )* };
    ( $name:tt [] $word:ident $($rest:tt)* ) => { $crate::__ddl_word! { view $word } };
}

/// One clause of a materialised view. The parentheses around its name tell that it is no table.
#[doc(hidden)]
#[macro_export]
macro_rules! __ddl_view_clause {
    ( $view:tt unique index $($rest:tt)* ) => { $crate::__ddl_clause! { $view index $($rest)* } };
    ( $view:tt index $($rest:tt)* ) => { $crate::__ddl_clause! { $view index $($rest)* } };
    ( $view:tt $word:ident $($rest:tt)* ) => { $crate::__ddl_word! { view $word } };
}

/// The clauses of a domain, matched whole as those of a table are.
#[doc(hidden)]
#[macro_export]
macro_rules! __ddl_domain {
    ( $( $( $word:ident $( $text:literal )* )+ ; )+ ) => { $(
        $crate::__ddl_domain_clause! { $( $word $( $text )* )+ }
    )+ };
}

/// One clause of a domain.
#[doc(hidden)]
#[macro_export]
macro_rules! __ddl_domain_clause {
    ( type $sql:literal ) => { let _: &str = $sql; };
    ( not null ) => {};
    ( default $sql:literal ) => { let _: &str = $sql; };
    ( collate $sql:literal ) => { let _: &str = $sql; };
    ( comment $text:literal ) => { let _: &str = $text; };
    ( check $( $name:ident )? $( $text:literal )+ ) => { $( let _: &str = $text; )+ };
    ( check $( $name:ident )? $( $text:literal )+ not valid ) => { $( let _: &str = $text; )+ };
    ( check $( $name:ident )? $( $text:literal )+ not $word:ident ) => {
        $crate::__ddl_word! { check $word }
    };
    ( type $($rest:tt)* ) => { compile_error! { "expected `type \"native type\";`" } };
    ( $word:ident $($rest:tt)* ) => { $crate::__ddl_word! { domain $word } };
}

/// The clauses of a table: each is a run of words, and whatever hangs on a word. It is matched
/// whole and not clause by clause, so that the depth of expansion does not grow with their number.
#[doc(hidden)]
#[macro_export]
macro_rules! __ddl_table {
    ( [ $($path:tt)+ ] ) => { let _ = $($path)+ :: table; };
    ( $table:tt $(
        $( #[doc = $doc:literal] )*
        $(
            $word:ident
            $( : $attribute:ident )?
            $( :: $segment:ident )*
            $( $text:literal )*
            $( . $part:literal )?
            $( ( $($paren:tt)* ) )?
            $( { $($brace:tt)* } )?
            $( , $( $never:lifetime )? )?
        )+ ;
    )+ ) => {
        $crate::__ddl_table! { $table }
        $( $crate::__ddl_clause! {
            $table
            $(
                $word
                $( : $attribute )?
                $( :: $segment )*
                $( $text )*
                $( . $part )?
                $( ( $($paren)* ) )?
                $( { $($brace)* } )?
                $( , $( $never )? )?
            )+
        } )+
    };
}

/// One clause. A column called `index` is written `index: …`, so the colon decides first.
#[doc(hidden)]
#[macro_export]
macro_rules! __ddl_clause {
    ( $table:tt $column:ident : $($rest:tt)+ ) => {
        $crate::__ddl_columns! { $table $column }
        $crate::__ddl_attribute! { [ _ _ _ _ _ _ _ _ _ ] $($rest)+ }
    };
    ( $table:tt unique index $($rest:tt)* ) => { $crate::__ddl_clause! { $table index $($rest)* } };
    (
        $table:tt unique $name:ident (
            $( $column:ident $( $word:ident $( $text:literal )? $( { $($brace:tt)* } )? )* ),+ $(,)?
        ) $($options:tt)*
    ) => {
        $crate::__ddl_key_parts! { $table $( $column $( $word $( $text )? $( { $($brace)* } )? )* ),+ }
        $crate::__ddl_key_options! { $table [ _ _ _ ] $($options)* }
    };
    (
        $table:tt unique $( $name:literal )? (
            $( $column:ident $( $word:ident $( $text:literal )? $( { $($brace:tt)* } )? )* ),+ $(,)?
        ) $($options:tt)*
    ) => {
        $( let _: &str = $name; )?
        $crate::__ddl_key_parts! { $table $( $column $( $word $( $text )? $( { $($brace)* } )? )* ),+ }
        $crate::__ddl_key_options! { $table [ _ _ _ ] $($options)* }
    };
    ( $table:tt index $name:ident ( $($parts:tt)+ ) $($options:tt)* ) => {
        $crate::__ddl_index_parts! { $table $($parts)+ }
        $crate::__ddl_index_options! { $table [ _ _ _ _ _ ] $($options)* }
    };
    ( $table:tt index $( $name:literal )? ( $($parts:tt)+ ) $($options:tt)* ) => {
        $( let _: &str = $name; )?
        $crate::__ddl_index_parts! { $table $($parts)+ }
        $crate::__ddl_index_options! { $table [ _ _ _ _ _ ] $($options)* }
    };
    ( $table:tt check $sql:literal $option:ident $($options:tt)* ) => {
        $crate::__ddl_sql! { $sql }
        $crate::__ddl_check_options! { [ _ _ ] $option $($options)* }
    };
    ( $table:tt check $name:ident $sql:tt $($options:tt)* ) => {
        $crate::__ddl_sql! { $sql }
        $crate::__ddl_check_options! { [ _ _ ] $($options)* }
    };
    ( $table:tt check $name:literal $sql:tt $($options:tt)* ) => {
        let _: &str = $name;
        $crate::__ddl_sql! { $sql }
        $crate::__ddl_check_options! { [ _ _ ] $($options)* }
    };
    ( $table:tt check $sql:tt $($options:tt)* ) => {
        $crate::__ddl_sql! { $sql }
        $crate::__ddl_check_options! { [ _ _ ] $($options)* }
    };
    ( $table:tt exclude $sql:literal $option:ident $($options:tt)* ) => {
        $crate::__ddl_sql! { $sql }
        $crate::__ddl_key_options! { $table [ x x _ ] $option $($options)* }
    };
    ( $table:tt exclude $name:ident $sql:tt $($options:tt)* ) => {
        $crate::__ddl_sql! { $sql }
        $crate::__ddl_key_options! { $table [ x x _ ] $($options)* }
    };
    ( $table:tt exclude $name:literal $sql:tt $($options:tt)* ) => {
        let _: &str = $name;
        $crate::__ddl_sql! { $sql }
        $crate::__ddl_key_options! { $table [ x x _ ] $($options)* }
    };
    ( $table:tt exclude $sql:tt $($options:tt)* ) => {
        $crate::__ddl_sql! { $sql }
        $crate::__ddl_key_options! { $table [ x x _ ] $($options)* }
    };
    ( $table:tt foreign key $name:ident ( $( $column:ident ),+ $(,)? ) $($rest:tt)+ ) => {
        $crate::__ddl_columns! { $table $( $column )+ }
        $crate::__ddl_references! { $table $($rest)+ }
    };
    ( $table:tt foreign key $( $name:literal )? ( $( $column:ident ),+ $(,)? ) $($rest:tt)+ ) => {
        $( let _: &str = $name; )?
        $crate::__ddl_columns! { $table $( $column )+ }
        $crate::__ddl_references! { $table $($rest)+ }
    };
    // Of a key without a name `table!` says all, unless more is said of it here.
    ( $table:tt primary $key:ident ( $( $column:ident ),+ $(,)? ) ) => {
        $crate::__ddl_word! { primary $key }
    };
    (
        $table:tt primary key $name:ident (
            $( $column:ident $( $word:ident $( $text:literal )? $( { $($brace:tt)* } )? )* ),+ $(,)?
        ) $($options:tt)*
    ) => {
        $crate::__ddl_key_parts! { $table $( $column $( $word $( $text )? $( { $($brace)* } )? )* ),+ }
        $crate::__ddl_key_options! { $table [ x _ _ ] $($options)* }
    };
    (
        $table:tt primary key $( $name:literal )? (
            $( $column:ident $( $word:ident $( $text:literal )? $( { $($brace:tt)* } )? )* ),+ $(,)?
        ) $($options:tt)*
    ) => {
        $( let _: &str = $name; )?
        $crate::__ddl_key_parts! { $table $( $column $( $word $( $text )? $( { $($brace)* } )? )* ),+ }
        $crate::__ddl_key_options! { $table [ x _ _ ] $($options)* }
    };
    ( $table:tt no primary key ) => {};
    ( $table:tt strict ) => {};
    ( $table:tt without rowid ) => {};
    ( $table:tt engine $sql:tt ) => { $crate::__ddl_sql! { $sql } };
    ( $table:tt unlogged ) => {};
    ( $table:tt with $sql:tt ) => { $crate::__ddl_sql! { $sql } };
    ( $table:tt comment $sql:tt ) => { $crate::__ddl_sql! { $sql } };
    ( $table:tt options { $( $name:tt $sql:tt ),+ $(,)? } ) => {
        $( $crate::__ddl_option! { $name $sql } )+
    };
    ( $table:tt foreign $word:ident $($rest:tt)* ) => { $crate::__ddl_word! { foreign $word } };
    ( $table:tt primary $word:ident $($rest:tt)* ) => { $crate::__ddl_word! { primary $word } };
    ( $table:tt no $word:ident $($rest:tt)* ) => { $crate::__ddl_word! { no $word } };
    ( $table:tt without $word:ident $($rest:tt)* ) => { $crate::__ddl_word! { without $word } };
    ( $table:tt $word:ident $($rest:tt)* ) => { $crate::__ddl_word! { clause $word } };
}

/// Columns of a table: where rustc finds a typo.
#[doc(hidden)]
#[macro_export]
macro_rules! __ddl_columns {
    ( [ $($path:tt)+ ] $column:ident ) => { let _ = $($path)+ :: columns :: $column; };
    ( ( [ $name:literal ] ) $column:ident ) => {
        let _ = $crate::words::expected_sql_in_double_quotes::$column;
    };
    ( ( [ $($path:tt)+ ] ) $column:ident ) => { let _ = $($path)+ :: columns :: $column; };
    ( ( $path:tt ) $column:literal ) => { let _: &str = $column; };
    ( $table:tt $( $column:ident )+ ) => { $( $crate::__ddl_columns! { $table $column } )+ };
    ( ( $path:tt ) $( $column:tt )+ ) => { $( $crate::__ddl_columns! { ( $path ) $column } )+ };
}

/// The columns of a key, each with what is said of it besides.
#[doc(hidden)]
#[macro_export]
macro_rules! __ddl_key_parts {
    ( $table:tt $( $column:ident $( $word:ident $( $text:literal )? $( { $($brace:tt)* } )? )* ),+ ) => { $(
        $crate::__ddl_columns! { $table $column }
        $crate::__ddl_key_part! { [ _ _ ] $( $word $( $text )? $( { $($brace)* } )? )* }
    )+ };
}

/// What follows a column of a key. Slots: order, collate.
#[doc(hidden)]
#[macro_export]
macro_rules! __ddl_key_part {
    ( $slots:tt ) => {};
    ( [ _ $c:tt ] asc $($rest:tt)* ) => { $crate::__ddl_key_part! { [ x $c ] $($rest)* } };
    ( [ _ $c:tt ] desc $($rest:tt)* ) => { $crate::__ddl_key_part! { [ x $c ] $($rest)* } };
    ( [ $o:tt _ ] collate $sql:tt $($rest:tt)* ) => {
        $crate::__ddl_sql! { $sql }
        $crate::__ddl_key_part! { [ $o x ] $($rest)* }
    };
    ( $slots:tt $word:ident $($rest:tt)* ) => { $crate::__ddl_word! { key_part $word } };
}

/// What stands behind `on conflict`.
#[doc(hidden)]
#[macro_export]
macro_rules! __ddl_conflict {
    ( $word:ident ) => {
        let _ = $crate::words::conflict::$word;
    };
}

/// The name of a constraint.
#[doc(hidden)]
#[macro_export]
macro_rules! __ddl_name {
    ( $name:ident ) => {};
    ( $name:literal ) => {
        let _: &str = $name;
    };
}

/// SQL: one string, or one for each backend. An unknown backend is an unknown field.
#[doc(hidden)]
#[macro_export]
macro_rules! __ddl_sql {
    ( $word:ident ) => { let _ = $crate::words::expected_sql_in_double_quotes::$word; };
    ( $sql:literal ) => { let _: &str = $sql; };
    ( { $( $backend:ident $sql:literal ),+ $(,)? } ) => {
        let _ = $crate::words::Sql { $( $backend: $sql, )+ ..$crate::words::SQL };
    };
}

/// `name "value"` in `options`.
#[doc(hidden)]
#[macro_export]
macro_rules! __ddl_option {
    ( $name:ident $sql:tt ) => {
        $crate::__ddl_sql! { $sql }
    };
    ( $name:literal $sql:tt ) => {
        let _: &str = $name;
        $crate::__ddl_sql! { $sql }
    };
}

/// The attributes of a column, one by one. A slot is filled when its attribute was there:
/// identity, default, type, generated, collate, comment, storage, compression, not null.
#[doc(hidden)]
#[macro_export]
macro_rules! __ddl_attribute {
    ( [ _ $d:tt $t:tt $g:tt $c:tt $m:tt $s:tt $p:tt $n:tt ] identity always $($rest:tt)* ) => {
        $crate::__ddl_attributes! { [ x $d $t $g $c $m $s $p $n ] $($rest)* }
    };
    ( [ _ $d:tt $t:tt $g:tt $c:tt $m:tt $s:tt $p:tt $n:tt ] identity $($rest:tt)* ) => {
        $crate::__ddl_attributes! { [ x $d $t $g $c $m $s $p $n ] $($rest)* }
    };
    ( [ _ $d:tt $t:tt $g:tt $c:tt $m:tt $s:tt $p:tt $n:tt ] serial $($rest:tt)* ) => {
        $crate::__ddl_attributes! { [ x $d $t $g $c $m $s $p $n ] $($rest)* }
    };
    ( [ _ $d:tt $t:tt $g:tt $c:tt $m:tt $s:tt $p:tt $n:tt ] rowid $($rest:tt)* ) => {
        $crate::__ddl_attributes! { [ x $d $t $g $c $m $s $p $n ] $($rest)* }
    };
    ( [ _ $d:tt $t:tt $g:tt $c:tt $m:tt $s:tt $p:tt $n:tt ] unassigned $($rest:tt)* ) => {
        $crate::__ddl_attributes! { [ x $d $t $g $c $m $s $p $n ] $($rest)* }
    };
    ( [ $i:tt $d:tt $t:tt $g:tt $c:tt $m:tt $s:tt $p:tt _ ] not null named $name:tt on conflict $word:ident $($rest:tt)* ) => {
        $crate::__ddl_name! { $name }
        $crate::__ddl_conflict! { $word }
        $crate::__ddl_attributes! { [ $i $d $t $g $c $m $s $p x ] $($rest)* }
    };
    ( [ $i:tt $d:tt $t:tt $g:tt $c:tt $m:tt $s:tt $p:tt _ ] not null named $name:tt $($rest:tt)* ) => {
        $crate::__ddl_name! { $name }
        $crate::__ddl_attributes! { [ $i $d $t $g $c $m $s $p x ] $($rest)* }
    };
    ( [ $i:tt $d:tt $t:tt $g:tt $c:tt $m:tt $s:tt $p:tt _ ] not null on conflict $word:ident $($rest:tt)* ) => {
        $crate::__ddl_conflict! { $word }
        $crate::__ddl_attributes! { [ $i $d $t $g $c $m $s $p x ] $($rest)* }
    };
    ( $slots:tt $word:ident null $($rest:tt)* ) => { $crate::__ddl_word! { column $word } };
    ( $slots:tt default $sql:tt named $name:tt $($rest:tt)* ) => {
        $crate::__ddl_name! { $name }
        $crate::__ddl_attribute! { $slots default $sql $($rest)* }
    };
    ( $slots:tt collate $sql:tt named $name:tt $($rest:tt)* ) => {
        $crate::__ddl_name! { $name }
        $crate::__ddl_attribute! { $slots collate $sql $($rest)* }
    };
    ( $slots:tt generated $sql:tt $storage:ident named $name:tt $($rest:tt)* ) => {
        $crate::__ddl_name! { $name }
        $crate::__ddl_attribute! { $slots generated $sql $storage $($rest)* }
    };
    ( $slots:tt type $word:ident $($rest:tt)* ) => { $crate::__ddl_sql! { $word } };
    ( $slots:tt $attribute:ident $word:ident $($rest:tt)* ) => {
        let _ = $crate::words::column::$attribute;
        $crate::__ddl_sql! { $word }
    };
    ( [ $i:tt _ $t:tt $g:tt $c:tt $m:tt $s:tt $p:tt $n:tt ] default $sql:tt $($rest:tt)* ) => {
        $crate::__ddl_sql! { $sql }
        $crate::__ddl_attributes! { [ $i x $t $g $c $m $s $p $n ] $($rest)* }
    };
    ( [ $i:tt $d:tt _ $g:tt $c:tt $m:tt $s:tt $p:tt $n:tt ] type $sql:tt $($rest:tt)* ) => {
        $crate::__ddl_sql! { $sql }
        $crate::__ddl_attributes! { [ $i $d x $g $c $m $s $p $n ] $($rest)* }
    };
    ( [ $i:tt $d:tt $t:tt _ $c:tt $m:tt $s:tt $p:tt $n:tt ] generated $sql:tt stored $($rest:tt)* ) => {
        $crate::__ddl_sql! { $sql }
        $crate::__ddl_attributes! { [ $i $d $t x $c $m $s $p $n ] $($rest)* }
    };
    ( [ $i:tt $d:tt $t:tt _ $c:tt $m:tt $s:tt $p:tt $n:tt ] generated $sql:tt virtual $($rest:tt)* ) => {
        $crate::__ddl_sql! { $sql }
        $crate::__ddl_attributes! { [ $i $d $t x $c $m $s $p $n ] $($rest)* }
    };
    ( [ $i:tt $d:tt $t:tt $g:tt _ $m:tt $s:tt $p:tt $n:tt ] collate $sql:tt $($rest:tt)* ) => {
        $crate::__ddl_sql! { $sql }
        $crate::__ddl_attributes! { [ $i $d $t $g x $m $s $p $n ] $($rest)* }
    };
    ( [ $i:tt $d:tt $t:tt $g:tt $c:tt _ $s:tt $p:tt $n:tt ] comment $sql:tt $($rest:tt)* ) => {
        $crate::__ddl_sql! { $sql }
        $crate::__ddl_attributes! { [ $i $d $t $g $c x $s $p $n ] $($rest)* }
    };
    ( [ $i:tt $d:tt $t:tt $g:tt $c:tt $m:tt _ $p:tt $n:tt ] storage $sql:tt $($rest:tt)* ) => {
        $crate::__ddl_sql! { $sql }
        $crate::__ddl_attributes! { [ $i $d $t $g $c $m x $p $n ] $($rest)* }
    };
    ( [ $i:tt $d:tt $t:tt $g:tt $c:tt $m:tt $s:tt _ $n:tt ] compression $sql:tt $($rest:tt)* ) => {
        $crate::__ddl_sql! { $sql }
        $crate::__ddl_attributes! { [ $i $d $t $g $c $m $s x $n ] $($rest)* }
    };
    ( $slots:tt generated $sql:literal $word:ident $($rest:tt)* ) => {
        $crate::__ddl_word! { generated $word }
    };
    ( $slots:tt type $($rest:tt)* ) => { compile_error! { "expected `type \"native type\"`, once" } };
    ( $slots:tt $word:ident $($rest:tt)* ) => { $crate::__ddl_word! { column $word } };
}

/// What follows an attribute: a comma and the next one, or nothing.
#[doc(hidden)]
#[macro_export]
macro_rules! __ddl_attributes {
    ( $slots:tt $(,)? ) => {};
    ( $slots:tt , $($rest:tt)+ ) => { $crate::__ddl_attribute! { $slots $($rest)+ } };
    ( $slots:tt $word:ident $($rest:tt)* ) => {
        let _ = $crate::words::expected_a_comma_or_a_semicolon::$word;
    };
}

/// The keys of an index.
#[doc(hidden)]
#[macro_export]
macro_rules! __ddl_index_parts {
    ( $table:tt $(
        $key:tt
        $( ( $length:literal ) )?
        $( $word:ident $( $text:literal )? $( { $($brace:tt)* } )? )*
    ),+ $(,)? ) => { $(
        $crate::__ddl_index_key! { $table $key $( ( $length ) )? }
        $crate::__ddl_index_order! { [ _ _ _ _ ] $( $word $( $text )? $( { $($brace)* } )? )* }
    )+ };
}

/// A column or an expression.
#[doc(hidden)]
#[macro_export]
macro_rules! __ddl_index_key {
    ( $table:tt $column:ident $( ( $length:literal ) )? ) => {
        $crate::__ddl_columns! { $table $column }
        $( let _: u32 = $length; )?
    };
    ( $table:tt $sql:tt ) => { $crate::__ddl_sql! { $sql } };
}

/// What follows a key. Slots: order, nulls, collate, opclass.
#[doc(hidden)]
#[macro_export]
macro_rules! __ddl_index_order {
    ( $slots:tt ) => {};
    ( [ _ $n:tt $c:tt $p:tt ] asc $($rest:tt)* ) => {
        $crate::__ddl_index_order! { [ x $n $c $p ] $($rest)* }
    };
    ( [ _ $n:tt $c:tt $p:tt ] desc $($rest:tt)* ) => {
        $crate::__ddl_index_order! { [ x $n $c $p ] $($rest)* }
    };
    ( [ $o:tt _ $c:tt $p:tt ] nulls first $($rest:tt)* ) => {
        $crate::__ddl_index_order! { [ $o x $c $p ] $($rest)* }
    };
    ( [ $o:tt _ $c:tt $p:tt ] nulls last $($rest:tt)* ) => {
        $crate::__ddl_index_order! { [ $o x $c $p ] $($rest)* }
    };
    ( [ $o:tt $n:tt _ $p:tt ] collate $sql:tt $($rest:tt)* ) => {
        $crate::__ddl_sql! { $sql }
        $crate::__ddl_index_order! { [ $o $n x $p ] $($rest)* }
    };
    ( [ $o:tt $n:tt $c:tt _ ] opclass $sql:tt $($rest:tt)* ) => {
        $crate::__ddl_sql! { $sql }
        $crate::__ddl_index_order! { [ $o $n $c x ] $($rest)* }
    };
    ( [ $o:tt _ $c:tt $p:tt ] nulls $word:ident $($rest:tt)* ) => {
        $crate::__ddl_word! { nulls $word }
    };
    ( $slots:tt $word:ident $($rest:tt)* ) => { $crate::__ddl_word! { index_key $word } };
}

/// What follows the keys of an index. Slots: where, using, include, with, nulls.
#[doc(hidden)]
#[macro_export]
macro_rules! __ddl_index_options {
    ( $table:tt $slots:tt ) => {};
    ( $table:tt [ _ $u:tt $i:tt $o:tt $n:tt ] where $sql:tt $($rest:tt)* ) => {
        $crate::__ddl_sql! { $sql }
        $crate::__ddl_index_options! { $table [ x $u $i $o $n ] $($rest)* }
    };
    ( $table:tt [ $w:tt _ $i:tt $o:tt $n:tt ] using $method:ident $($rest:tt)* ) => {
        $crate::__ddl_index_options! { $table [ $w x $i $o $n ] $($rest)* }
    };
    ( $table:tt [ $w:tt _ $i:tt $o:tt $n:tt ] using $method:literal $($rest:tt)* ) => {
        let _: &str = $method;
        $crate::__ddl_index_options! { $table [ $w x $i $o $n ] $($rest)* }
    };
    (
        $table:tt [ $w:tt $u:tt _ $o:tt $n:tt ]
        include ( $( $column:ident ),+ $(,)? ) $($rest:tt)*
    ) => {
        $crate::__ddl_columns! { $table $( $column )+ }
        $crate::__ddl_index_options! { $table [ $w $u x $o $n ] $($rest)* }
    };
    (
        ( $view:tt ) [ $w:tt $u:tt _ $o:tt $n:tt ]
        include ( $( $column:tt ),+ $(,)? ) $($rest:tt)*
    ) => {
        $crate::__ddl_columns! { ( $view ) $( $column )+ }
        $crate::__ddl_index_options! { ( $view ) [ $w $u x $o $n ] $($rest)* }
    };
    ( $table:tt [ $w:tt $u:tt $i:tt _ $n:tt ] with $sql:tt $($rest:tt)* ) => {
        $crate::__ddl_sql! { $sql }
        $crate::__ddl_index_options! { $table [ $w $u $i x $n ] $($rest)* }
    };
    ( $table:tt [ $w:tt $u:tt $i:tt $o:tt _ ] nulls not distinct $($rest:tt)* ) => {
        $crate::__ddl_index_options! { $table [ $w $u $i $o x ] $($rest)* }
    };
    ( $table:tt $slots:tt where $($rest:tt)* ) => {
        compile_error! { "expected `where \"condition\"`, once" }
    };
    ( $table:tt $slots:tt $word:ident $($rest:tt)* ) => { $crate::__ddl_word! { index $word } };
}

/// What follows the columns of a key. Slots: nulls, include, deferrable.
#[doc(hidden)]
#[macro_export]
macro_rules! __ddl_key_options {
    ( $table:tt $slots:tt ) => {};
    ( $table:tt [ _ $i:tt $f:tt ] nulls not distinct $($rest:tt)* ) => {
        $crate::__ddl_key_options! { $table [ x $i $f ] $($rest)* }
    };
    ( $table:tt [ $n:tt _ $f:tt ] include ( $( $column:ident ),+ $(,)? ) $($rest:tt)* ) => {
        $crate::__ddl_columns! { $table $( $column )+ }
        $crate::__ddl_key_options! { $table [ $n x $f ] $($rest)* }
    };
    ( $table:tt [ $n:tt $i:tt _ ] deferrable initially deferred $($rest:tt)* ) => {
        $crate::__ddl_key_options! { $table [ $n $i x ] $($rest)* }
    };
    ( $table:tt [ $n:tt $i:tt _ ] deferrable initially immediate $($rest:tt)* ) => {
        $crate::__ddl_key_options! { $table [ $n $i x ] $($rest)* }
    };
    ( $table:tt [ $n:tt $i:tt _ ] deferrable initially $word:ident $($rest:tt)* ) => {
        $crate::__ddl_word! { initially $word }
    };
    ( $table:tt [ $n:tt $i:tt _ ] deferrable $($rest:tt)* ) => {
        $crate::__ddl_key_options! { $table [ $n $i x ] $($rest)* }
    };
    ( $table:tt [ $n:tt _ _ ] on conflict $word:ident ) => { $crate::__ddl_conflict! { $word } };
    ( $table:tt $slots:tt $word:ident $($rest:tt)* ) => { $crate::__ddl_word! { key $word } };
}

/// What follows the condition of a check. Slots: no inherit, not valid.
#[doc(hidden)]
#[macro_export]
macro_rules! __ddl_check_options {
    ( $slots:tt ) => {};
    ( [ _ $v:tt ] no inherit $($rest:tt)* ) => {
        $crate::__ddl_check_options! { [ x $v ] $($rest)* }
    };
    ( [ $i:tt _ ] not valid $($rest:tt)* ) => {
        $crate::__ddl_check_options! { [ $i x ] $($rest)* }
    };
    ( [ _ _ ] on conflict $word:ident ) => { $crate::__ddl_conflict! { $word } };
    ( $slots:tt $word:ident $($rest:tt)* ) => { $crate::__ddl_word! { check $word } };
}

/// `references table (…)`: a table of the models, or the SQL name of another one.
#[doc(hidden)]
#[macro_export]
macro_rules! __ddl_references {
    (
        $table:tt references $first:ident $( :: $segment:ident )* ( $( $column:ident ),+ $(,)? )
        $($options:tt)*
    ) => {
        $crate::__ddl_columns! { [ $first $( :: $segment )* ] $( $column )+ }
        $crate::__ddl_foreign_key! { $table [ _ _ _ _ _ ] $($options)* }
    };
    (
        $table:tt references $name:literal $( . $part:literal )? ( $( $column:literal ),+ $(,)? )
        $($options:tt)*
    ) => {
        let _: &[&str] = &[ $name, $( $part, )? $( $column ),+ ];
        $crate::__ddl_foreign_key! { $table [ _ _ _ _ _ ] $($options)* }
    };
    ( $table:tt $word:ident $($rest:tt)* ) => { $crate::__ddl_word! { references $word } };
}

/// What follows the target of a foreign key. Slots: on delete, on update, deferrable, match, valid.
#[doc(hidden)]
#[macro_export]
macro_rules! __ddl_foreign_key {
    ( $table:tt $slots:tt ) => {};
    ( $table:tt [ _ $u:tt $f:tt $m:tt $v:tt ] on delete $($rest:tt)+ ) => {
        $crate::__ddl_action! { $table [ x $u $f $m $v ] $($rest)+ }
    };
    ( $table:tt [ $d:tt _ $f:tt $m:tt $v:tt ] on update $($rest:tt)+ ) => {
        $crate::__ddl_action! { $table [ $d x $f $m $v ] $($rest)+ }
    };
    ( $table:tt [ $d:tt $u:tt _ $m:tt $v:tt ] deferrable initially deferred $($rest:tt)* ) => {
        $crate::__ddl_foreign_key! { $table [ $d $u x $m $v ] $($rest)* }
    };
    ( $table:tt [ $d:tt $u:tt _ $m:tt $v:tt ] deferrable initially immediate $($rest:tt)* ) => {
        $crate::__ddl_foreign_key! { $table [ $d $u x $m $v ] $($rest)* }
    };
    ( $table:tt [ $d:tt $u:tt _ $m:tt $v:tt ] deferrable initially $word:ident $($rest:tt)* ) => {
        $crate::__ddl_word! { initially $word }
    };
    ( $table:tt [ $d:tt $u:tt _ $m:tt $v:tt ] deferrable $($rest:tt)* ) => {
        $crate::__ddl_foreign_key! { $table [ $d $u x $m $v ] $($rest)* }
    };
    ( $table:tt [ $d:tt $u:tt $f:tt _ $v:tt ] match full $($rest:tt)* ) => {
        $crate::__ddl_foreign_key! { $table [ $d $u $f x $v ] $($rest)* }
    };
    ( $table:tt [ $d:tt $u:tt $f:tt $m:tt _ ] not valid $($rest:tt)* ) => {
        $crate::__ddl_foreign_key! { $table [ $d $u $f $m x ] $($rest)* }
    };
    ( $table:tt $slots:tt match $($rest:tt)* ) => { compile_error! { "expected `match full`, once" } };
    ( $table:tt $slots:tt on $word:ident $($rest:tt)* ) => { $crate::__ddl_word! { on $word } };
    ( $table:tt $slots:tt $word:ident $($rest:tt)* ) => { $crate::__ddl_word! { foreign_key $word } };
}

/// What a foreign key does.
#[doc(hidden)]
#[macro_export]
macro_rules! __ddl_action {
    ( $table:tt $slots:tt cascade $($rest:tt)* ) => {
        $crate::__ddl_foreign_key! { $table $slots $($rest)* }
    };
    ( $table:tt $slots:tt restrict $($rest:tt)* ) => {
        $crate::__ddl_foreign_key! { $table $slots $($rest)* }
    };
    ( $table:tt $slots:tt set null ( $( $column:ident ),+ $(,)? ) $($rest:tt)* ) => {
        $crate::__ddl_columns! { $table $( $column )+ }
        $crate::__ddl_foreign_key! { $table $slots $($rest)* }
    };
    ( $table:tt $slots:tt set default ( $( $column:ident ),+ $(,)? ) $($rest:tt)* ) => {
        $crate::__ddl_columns! { $table $( $column )+ }
        $crate::__ddl_foreign_key! { $table $slots $($rest)* }
    };
    ( $table:tt $slots:tt set null $($rest:tt)* ) => {
        $crate::__ddl_foreign_key! { $table $slots $($rest)* }
    };
    ( $table:tt $slots:tt set default $($rest:tt)* ) => {
        $crate::__ddl_foreign_key! { $table $slots $($rest)* }
    };
    ( $table:tt $slots:tt no action $($rest:tt)* ) => {
        $crate::__ddl_foreign_key! { $table $slots $($rest)* }
    };
    ( $table:tt $slots:tt $word:ident $($rest:tt)* ) => { $crate::__ddl_word! { action $word } };
}

/// Always an error, at the word: it is unknown in its place (E0425), or known but not written
/// like this (E0599). Both speak of the place of the identifier itself: an error of the types of
/// an expression would only point at the whole `ddl!`.
#[doc(hidden)]
#[macro_export]
macro_rules! __ddl_word {
    ( $place:ident $word:ident ) => {
        $crate::words::$place::$word.$word();
    };
}
