//! A wrong command line, told without the secrets that stand in it.

use std::borrow::Cow;

use regex::Regex;

use super::args::TerminalArgs;
use super::exit::Exit;
use super::ui::Ui;

/// Where a URL or a `key=value` text holds a secret, and what is shown instead.
const SECRETS: [(&str, &str); 2] = [
    (r"(://[^/@\s:]*):[^\s]*@", "$1:***@"),
    (r"(?i)\b(password|passwd|pwd|secret|token)=[^&\s']*", "$1=***"),
];

/// Prints what clap says; help and version are no error.
pub(super) fn tell(error: &clap::Error) -> Exit {
    if !error.use_stderr() {
        // Nobody is left to be told when stdout is closed.
        let _ = error.print();
        return Exit::Done;
    }
    let text = error.render().ansi().to_string();
    Ui::new(&TerminalArgs::default()).frame(&scrub(&error.render().to_string()), &scrub(&text));
    Exit::Usage
}

/// clap repeats the arguments that it does not understand.
fn scrub(text: &str) -> String {
    SECRETS.iter().fold(text.to_owned(), |text, (secret, shown)| {
        let expression = Regex::new(secret).expect("the expressions above are valid");
        match expression.replace_all(&text, *shown) {
            Cow::Borrowed(_) => text,
            Cow::Owned(scrubbed) => scrubbed,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::scrub;

    #[test]
    fn secrets_are_left_out() {
        for (text, scrubbed) in [
            ("'postgres://app:hunter2@h/d' found", "'postgres://app:***@h/d' found"),
            ("'mysql://a:p@ss@h/d'", "'mysql://a:***@h/d'"),
            (
                "'postgres://h/d?user=a&password=hunter2&x=1'",
                "'postgres://h/d?user=a&password=***&x=1'",
            ),
            ("'host=h Password=hunter2'", "'host=h Password=***'"),
            ("nothing://to/hide", "nothing://to/hide"),
        ] {
            assert_eq!(scrub(text), scrubbed);
        }
    }
}
