diesel::table! {
    org (id) {
        id -> Integer,
        name -> Text,
    }
}

diesel::table! {
    team (id) {
        id -> Integer,
        lead_id -> Nullable<Integer>,
    }
}

diesel::table! {
    person (id) {
        id -> Integer,
        team_id -> Nullable<Integer>,
        boss_id -> Nullable<Integer>,
    }
}

glowplug::ddl! {
    table team {
        foreign key team_lead (lead_id) references person (id) on delete set null;
    }

    table person {
        foreign key person_team (team_id) references team (id);
        foreign key person_boss (boss_id) references person (id);
    }
}
