//! The text of a view without the name of its own database, which the server puts before every
//! table and column: the same view in another database has the same text.

use crate::backend::Backend;
use crate::backend::ident::quote;
use crate::backend::mysql::lexer::{Token, tokens};

/// Leaves out `` `database`. ``, unless something else in the text bears that name.
pub(in crate::backend::mysql) fn without_database(definition: &str, database: &str) -> String {
    let quoted = quote(Backend::Mysql, database);
    let tokens = tokens(definition);
    let is_name = |token: &Token<'_>| token.text == quoted;
    // Always `database`.`table`[.`column`]: never behind a dot or AS, and never at an end.
    let qualifies = |at: usize| {
        let dot = tokens.get(at + 1).is_some_and(|token| token.is_symbol("."));
        let before = at.checked_sub(1).map(|before| &tokens[before]);
        dot && !before.is_some_and(|token| token.is_symbol(".") || token.is_word("as"))
    };
    let named = tokens.iter().enumerate().filter(|(_, token)| is_name(token));
    let places: Vec<usize> = named.map(|(at, _)| at).collect();
    if !places.iter().all(|at| qualifies(*at)) {
        return definition.to_owned();
    }
    let mut text = String::with_capacity(definition.len());
    let mut done = 0;
    for at in places {
        text.push_str(&definition[done..tokens[at].start]);
        done = tokens[at + 1].end();
    }
    text.push_str(&definition[done..]);
    text
}

#[cfg(test)]
mod tests {
    use super::without_database;

    #[test]
    fn the_own_database_goes_and_others_stay() {
        let text = "select `app`.`t`.`id` AS `id`,`o`.`x` from `app`.`t` join `other`.`o`";
        assert_eq!(
            without_database(text, "app"),
            "select `t`.`id` AS `id`,`o`.`x` from `t` join `other`.`o`"
        );
        // A column, or an alias, of that name: nothing is sure.
        let text = "select `app`.`t`.`app` AS `app` from `app`.`t`";
        assert_eq!(without_database(text, "app"), text);
    }
}
