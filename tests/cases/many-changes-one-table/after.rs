diesel::table! {
    session (id) {
        id -> Integer,
        title -> Text,
        #[doc(alias = "plan")]
        outline -> Text,
        score -> Integer,
        owner -> Nullable<Text>,
    }
}

glowplug::ddl! {
    table session {
        title: default "'new'";
        index session_outline (outline desc);
        unique (title, score);
        check "title <> '-'";
    }
}
