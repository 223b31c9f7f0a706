diesel::table! {
    audit.event (id) {
        id -> Integer,
        what -> Text,
        at -> Timestamptz,
    }
}

diesel::table! {
    audit.actor (id) {
        id -> Integer,
        name -> Text,
    }
}

glowplug::ddl! {
    table event {
        at: default "now()";
        index (at desc);
    }

    table actor {
        unique (name);
    }
}
