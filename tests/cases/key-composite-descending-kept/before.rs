diesel::table! {
    member (org, person) {
        org -> Integer,
        person -> Integer,
        role -> Nullable<Text>,
    }
}

glowplug::ddl! {
    table member {
        primary key member_key (org, person desc);
    }
}
