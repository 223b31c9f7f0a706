//! Columns: types, nullability, identity, and what only a `ddl!` block says.

use crate::backend::{Dialect, Refusal};
use crate::model::{Column, DieselType, Identity, IndexKey, Schema, Table};

pub(super) fn resolve(
    model: &Table,
    existing: Option<&Table>,
    models: &Schema,
    database: &Schema,
    dialect: &dyn Dialect,
) -> Result<Vec<Column>, Vec<Refusal>> {
    let mut columns = Vec::new();
    let mut refusals = Vec::new();
    for column in &model.columns {
        let old = existing.and_then(|table| find(table, &column.name, dialect));
        // Without its rowid a table's INTEGER key is a column like any other.
        let same_rowid = !model.described
            || existing.is_none_or(|t| t.options.without_rowid == model.options.without_rowid);
        let bare = old.map(|old| undressed(old, database));
        match resolve_one(column, bare.as_ref(), same_rowid, model, existing, models, dialect) {
            Ok(resolved) => columns.push(dressed(resolved, column, old, bare.as_ref())),
            Err(refusal) => refusals.push(Refusal {
                object: format!("column `{}.{}`", model.name, column.name),
                ..refusal
            }),
        }
    }
    if refusals.is_empty() { Ok(columns) } else { Err(refusals) }
}

/// A column of a domain as one of the type that clients see.
fn undressed(old: &Column, database: &Schema) -> Column {
    let mut old = old.clone();
    old.sql_type.native = old.sql_type.native.map(|native| database.base_of(&native).to_owned());
    old
}

/// The domain again, where the models say nothing else.
fn dressed(
    mut resolved: Column,
    model: &Column,
    old: Option<&Column>,
    bare: Option<&Column>,
) -> Column {
    let (Some(old), Some(bare)) = (old, bare) else { return resolved };
    if model.sql_type.native.is_none() && resolved.sql_type.native == bare.sql_type.native {
        resolved.sql_type.native.clone_from(&old.sql_type.native);
    }
    resolved
}

/// The column of this name, by the backend's rule for case.
pub(super) fn find<'a>(table: &'a Table, name: &str, dialect: &dyn Dialect) -> Option<&'a Column> {
    table.column(name).or_else(|| {
        let any_case = dialect.capabilities().case_insensitive_names;
        any_case.then(|| table.columns.iter().find(|c| c.name.eq_ignore_ascii_case(name))).flatten()
    })
}

fn resolve_one(
    model: &Column,
    old: Option<&Column>,
    same_rowid: bool,
    table: &Table,
    existing: Option<&Table>,
    models: &Schema,
    dialect: &dyn Dialect,
) -> Result<Column, Refusal> {
    let mut column = model.clone();
    column.identity = identity(model, old, table, dialect);
    let needs_key = dialect.capabilities().identity_needs_sole_key;
    if needs_key
        && let Some(declared) = declared_otherwise(model)
        && matches!(model.identity, Identity::Rowid | Identity::ByDefault)
    {
        let reason = format!(
            "it is said to be the rowid, which is declared INTEGER, and to be declared `{declared}`"
        );
        let hint = format!("leave out `type \"{declared}\"`, or say `unassigned` instead");
        return Err(Refusal::new(format!("column `{}`", model.name), reason).hint(hint));
    }
    column.sql_type.native =
        Some(native_type(&column, old, same_rowid, table, existing, models, dialect)?);
    // Diesel CLI prints SQLite's `INTEGER PRIMARY KEY` as `Nullable<Integer>`; it never is NULL.
    let capabilities = dialect.capabilities();
    let assigned = matches!(column.identity, Identity::Rowid | Identity::ByDefault);
    let is_rowid = capabilities.identity_needs_sole_key && assigned;
    let without_rowid = needs_key && table.options.without_rowid;
    let is_never_null = capabilities.keys_are_not_null || is_rowid || without_rowid;
    if table.is_key(&model.name) && is_never_null {
        column.nullable = false;
    }
    let Some(old) = old else { return Ok(column) };

    column.name.clone_from(&old.name);
    // SQLite's keys may hold NULL unless they say NOT NULL or have no rowid besides; Diesel's models
    // never say so.
    let must_say = !(without_rowid || capabilities.keys_are_not_null);
    if table.is_key(&model.name) && old.nullable && must_say {
        column.nullable = true;
    }
    let same =
        |a: &str, b: &str| dialect.normalize_expression(a) == dialect.normalize_expression(b);
    if table.described {
        match (&mut column.default, &old.default) {
            (Some(new), Some(old)) if same(new, old) => new.clone_from(old),
            // `serial`'s default is its sequence, and `identity` has none: the form says it.
            (None, Some(old_default)) if column.identity == Identity::Serial => {
                column.default = Some(old_default.clone());
            }
            _ => {}
        }
        match (&mut column.generated, &old.generated) {
            (Some(new), Some(old)) if same(&new.expression, &old.expression) => {
                new.expression.clone_from(&old.expression);
            }
            _ => {}
        }
        match (&mut column.collation, &old.collation) {
            (Some(new), Some(old)) if new.eq_ignore_ascii_case(old) => new.clone_from(old),
            _ => {}
        }
        adopt_names(&mut column, old);
    } else {
        column.options.clone_from(&old.options);
        column.default.clone_from(&old.default);
        column.generated.clone_from(&old.generated);
        column.collation.clone_from(&old.collation);
        column.comment.clone_from(&old.comment);
        column.storage.clone_from(&old.storage);
        column.compression.clone_from(&old.compression);
    }
    Ok(column)
}

/// What the models leave without a name may have any.
fn adopt_names(new: &mut Column, old: &Column) {
    let adopt = |name: &mut Option<String>, of: &Option<String>, same: bool| {
        if name.is_none() && same {
            name.clone_from(of);
        }
    };
    let options = &mut new.options;
    adopt(&mut options.not_null, &old.options.not_null, new.nullable == old.nullable);
    adopt(&mut options.default, &old.options.default, new.default == old.default);
    adopt(&mut options.collation, &old.options.collation, new.collation == old.collation);
    adopt(&mut options.generated, &old.options.generated, new.generated == old.generated);
}

/// The native type: the database's where Diesel loads it and nothing finer is stated.
fn native_type(
    model: &Column,
    old: Option<&Column>,
    same_rowid: bool,
    table: &Table,
    existing: Option<&Table>,
    models: &Schema,
    dialect: &dyn Dialect,
) -> Result<String, Refusal> {
    // Who assigns a key can depend on the type: SQLite's rowid is declared INTEGER and nothing else.
    let becomes_key = table.sole_key() == Some(model.name.as_str())
        && (!same_rowid || old.is_some_and(|old| old.identity != model.identity));
    let old_native = old.filter(|_| !becomes_key).and_then(|old| old.sql_type.native.as_deref());
    let stated = model.sql_type.native.is_some() || model.sql_type.max_length.is_some();
    // A text that becomes a key needs a length where it has none.
    let is_key_already = existing.is_some_and(|existing| is_in_a_key(existing, &model.name));
    let fits = |native: &str| {
        is_key_already || bounded(model, table, dialect).is_none() || dialect.has_length(native)
    };
    if let (false, Some(native), Some(diesel)) = (stated, old_native, &model.sql_type.diesel)
        && dialect.loads(diesel, native)
        && fits(native)
    {
        return Ok(native.to_owned());
    }
    let bounded = bounded(model, table, dialect);
    let wanted = match dialect.native_type(bounded.as_ref().unwrap_or(model), models) {
        // Which labels a type of the application's own has, nobody said: the database knows.
        Err(_) if is_own(model) && !dialect.capabilities().enum_types && old_native.is_some() => {
            return Ok(old_native.unwrap_or_default().to_owned());
        }
        wanted => wanted?,
    };
    if let Some(native) = old_native {
        let length = |native: &str| dialect.diesel_type(native, false).and_then(|(_, n)| n);
        let same_length = model.sql_type.native.is_none()
            && fits(native)
            && length(native) == model.sql_type.max_length
            && model.sql_type.diesel.as_ref().is_some_and(|d| dialect.loads(d, native));
        if same_length || dialect.normalize_type(native) == dialect.normalize_type(&wanted) {
            return Ok(native.to_owned());
        }
    }
    Ok(wanted)
}

/// The form of identity: as stated, else the database's, else the usual one for a new sole key.
fn identity(
    model: &Column,
    old: Option<&Column>,
    table: &Table,
    dialect: &dyn Dialect,
) -> Identity {
    let sole_key = table.sole_key() == Some(model.name.as_str());
    let needs_key = dialect.capabilities().identity_needs_sole_key;
    match model.identity {
        Identity::Unstated => {}
        // It is the word for a key alone: any other column is unassigned without saying so. A column
        // that no model says is as the database has it.
        Identity::Unassigned
            if model.sql_type.diesel.is_some() && !(needs_key || sole_key && is_integer(model)) =>
        {
            return Identity::Unstated;
        }
        stated => return stated,
    }
    if needs_key && sole_key && table.options.without_rowid && is_integer(model) {
        return Identity::Unassigned;
    }
    if needs_key
        && sole_key
        && let Some(declared) = declared_otherwise(model)
    {
        let integer = declared.to_ascii_lowercase().contains("int");
        return if integer { Identity::Unassigned } else { Identity::Unstated };
    }
    // A key that becomes a text is no rowid any more.
    let loads = |old: &Column| {
        let native = old.sql_type.native.as_deref().unwrap_or_default();
        model.sql_type.diesel.as_ref().is_none_or(|diesel| dialect.loads(diesel, native))
    };
    if needs_key && old.is_some_and(|old| !loads(old)) {
        let usual = dialect.capabilities().usual_identity;
        return if sole_key && is_integer(model) { usual } else { Identity::Unstated };
    }
    match old.map(|old| old.identity) {
        Some(Identity::Unassigned) if sole_key => Identity::Unassigned,
        Some(
            form @ (Identity::Rowid | Identity::ByDefault | Identity::Always | Identity::Serial),
        ) if sole_key || !needs_key => form,
        // A key that existed before keeps being assigned by whoever assigned it.
        Some(_) if !sole_key || !needs_key => Identity::Unstated,
        _ if sole_key && is_integer(model) => dialect.capabilities().usual_identity,
        _ => Identity::Unstated,
    }
}

/// A stated type that is not the one of SQLite's rowid.
fn declared_otherwise(model: &Column) -> Option<&str> {
    let declared = model.sql_type.native.as_deref()?;
    (!declared.eq_ignore_ascii_case("INTEGER")).then_some(declared)
}

fn is_integer(column: &Column) -> bool {
    let integer = |diesel: &DieselType| {
        matches!(diesel.name.as_str(), "TinyInt" | "SmallInt" | "Integer" | "BigInt")
    };
    column.sql_type.diesel.as_ref().is_some_and(|diesel| match diesel.arguments.as_slice() {
        [inner] if diesel.name == "Unsigned" => integer(inner),
        _ => integer(diesel),
    })
}

/// Whether the type is one of the application's own.
fn is_own(model: &Column) -> bool {
    model.sql_type.diesel.as_ref().is_some_and(|diesel| diesel.custom)
}

/// How long a text is that becomes a key and states no length: four bytes a character, three such
/// columns fit into one key of InnoDB (3072 bytes).
const LENGTH_OF_KEYS: u32 = 255;

/// The column with a length, where it is a text in a key and the backend wants one.
fn bounded(model: &Column, table: &Table, dialect: &dyn Dialect) -> Option<Column> {
    let open = model.sql_type.native.is_none() && model.sql_type.max_length.is_none();
    let of_length =
        model.sql_type.diesel.as_ref().is_some_and(|diesel| {
            !diesel.custom && matches!(diesel.name.as_str(), "Text" | "Binary")
        });
    let wanted = dialect.capabilities().keys_need_length && open && of_length;
    (wanted && is_in_a_key(table, &model.name)).then(|| {
        let mut bounded = model.clone();
        bounded.sql_type.max_length = Some(LENGTH_OF_KEYS);
        bounded
    })
}

/// Whether the whole column is part of a key, an index or a reference, of this table or to it.
fn is_in_a_key(table: &Table, column: &str) -> bool {
    let named = |columns: &[String]| columns.iter().any(|name| name == column);
    table.is_key(column)
        || table.uniques.iter().any(|unique| named(&unique.columns))
        || table.foreign_keys.iter().any(|key| named(&key.columns))
        || table.indexes.iter().any(|index| {
            let whole = ["fulltext", "spatial", "hash"];
            let special = index.method.as_deref();
            let special = special.is_some_and(|m| whole.iter().any(|word| m.contains(word)));
            !special
                && index.parts.iter().any(|part| {
                    part.length.is_none() && matches!(&part.key, IndexKey::Column(c) if c == column)
                })
        })
}
