diesel::table! {
    session (id) {
        id -> Integer,
        n -> BigInt,
        m -> Integer,
    }
}

glowplug::ddl! {
    table session {
        n: identity always;
        m: serial;
    }
}

diesel::table! {
    gone (id) {
        id -> Integer,
        email -> Text,
    }
}

glowplug::ddl! {
    table gone {
        unique (email);
        check full "email <> ''";
    }
}
