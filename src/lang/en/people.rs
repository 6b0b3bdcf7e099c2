//! Words in English names of people.

use super::super::reading::PeopleWords;

pub(super) const PEOPLE: PeopleWords = PeopleWords {
    also_words: "\
        ace amber amity angel april art ash aspen august autumn banks barb bay bear bell berry \
        bill bird birch bishop blaze bliss blue bob bond booth brad branch brand breeze brook \
        brown buck bud bug burns bush candy case cash cat chance charity charm chase chip \
        christian chuck clay cliff cloud coal constant cook coral cross crown crystal dale daisy \
        dash dawn day dean destiny dice diamond do don door dot drew dusty earl early easter eden \
        ember english eve ever faith fern field fields fin flint flowers ford forest fox france \
        frank franklin free freed friday frost gale garden gates gene ginger glen gold golden \
        good grace grant graves gray green grey guy hale hall hand harbor hardy harmony hawk \
        haven hazel heath heather heaven hedge herb hill hills holiday holly honey hood hope \
        house hunt hunter hurt ice ida ink iris ivory ivy jack jade jasper java jersey jet jewel \
        jewels job journey joy judge june justice keen key keys king knight lake lamb lance land \
        lane lang lark laurel law leaf liberty light lily link lock long lord love low lucky \
        lynx mace major mark marks marsh marshal max may maverick mercy merit merry mike miles \
        mill min mint misty moon morning nick nickel noble norm north oak ocean olive opal \
        orange page pages paige park parks pat patience patty pax peace peak pearl penny pepper \
        phoenix pierce pine piper pitt pool poole poppy pope porter post powers price pride \
        prince prudence queen quick rain raven ray reed reef reign rice rich rider ridge ring \
        river rivers robin rock rocky rode roman rose roses ruby rush rusty sage sailor sally \
        salmon sandy saint savage savannah scout sharp sherry shore short sierra silver sky skip \
        small smart smith snow sonny song south spring star sterling storm story strange sue \
        summer summers sun sunday sunny sweet swift tag teal terra timber ting tower town trace \
        tripp trinity trip true trust tuesday unity urban valentine van venus victor victoria \
        viola violet virginia wales wall walls ward waters way weaver weeks west wheeler white \
        wild wilder will willow win winner winter winters wise wood woods woody wren young zion \
        an ma so to austin boston dallas houston jackson lincoln madison \
        sydney paris london georgia carolina dakota chelsea brooklyn asia india china jordan \
        israel kenya orlando florence lourdes milan rio san los data cruz january \
        february march sept monday wednesday thursday saturday mon tue wed thu fri sat",
    jobs: "\
        a call page on-duty account accounts admin admins administrator administrators agent agents ai alert alerting \
        alertmanager alerts all amazon analyst analytics android api app apple apps architect asia \
        assistant auth author automation autoscaler aws azure backend backup backups bank batch billing \
        board booking bot bots browser build builds business cache caller canary cart catalog cd \
        checkout chief ci client clients cloudflare cluster cms code commander comms community company \
        compliance config console consultant contractor contractors copilot core crew cron crowd cs cto \
        customer customers data database databases datadog db dba dbas deploy deployer deployment \
        design designer desk dev developer developers devops devs director discord dispatcher dns doctor \
        duty edge editor embedded engine engineer engineering engineers enterprise everybody everyone \
        events exchange expert experts exporter external facebook facilities feed finance firewall \
        firmware fraud frontend fulfilment game gateway github gitlab google grafana growth guest \
        hardware head health healthcheck helpdesk host hosting hr human identity im image incident \
        information infra infrastructure ingest ingress integration internal internet inventory investor \
        ios issuer it jenkins jira job kafka kernel kubernetes lead leads ledger legal linux listener \
        listings load loadbalancer log logging login logistics logs mail maintainer maintainers \
        maintenance manager managers market marketing media member members merchant merchants messaging \
        metrics microsoft mobile model monitor monitoring monitors music network networking networks \
        news newsroom nginx night nightwatch nobody noc notifications office oncall on-call on onboarding \
        operations operator operators ops oracle orchestrator order orders others owner owners pager \
        pagerduty partner partners payment payments payroll people pipeline platform player player's \
        players pm pms postgres president press pricing principal probe producer product production \
        profile program project prometheus provider proxy publisher purchasing qa quality queue recruiting \
        redis registry release reliability reporter reporters research reviewer reviewers risk robot \
        router runner sales scheduler scribe search secondary security senior sentry server servers \
        service services session settlement shift shipping shop signup site slack sms social software \
        someone somebody sre sres staff staging status statuspage storage store stream streaming student \
        students subscriber subscribers supplier support supporter switch synthetic system systems team \
        teams tech technician telegram telemetry terraform test tester testers tests them they tooling \
        traffic trainee translator travel twitter ui unknown uptime us user users ux vendor vendors \
        video viewer viewers visitor visitors vpn warehouse watchdog we web webhook website whoever \
        windows worker workers writer x youtube zabbix primary backup first second third junior staff \
        we you me i he she it the and or of for at by in with from chief officer",
    groups: "\
        team teams squad group crew guild desk department dept division office unit chapter tribe staff \
        committee company inc ltd llc gmbh corp bot service services",
    titles_before: "mr mrs ms miss mx dr prof professor sir madam engineer developer",
    titles_behind: "jr sr phd",
    honorifics: "",
    beings: "",
    ending: |_, _| None,
    family_names: "",
    between: "and with",
};

/// Returns an owner's name replaced by a word, and the rest of the text. Only names that end with an s have a bare
/// apostrophe, and something that is owned follows.
pub(in super::super) fn possessive<'t>(
    noun: &str,
    word: &str,
    rest: &'t str,
) -> Option<(String, &'t str)> {
    let behind = rest.strip_prefix(['\'', '’'])?;
    let sign = &rest[..rest.len() - behind.len()];
    let owned = behind.strip_prefix(' ')?.starts_with(char::is_alphabetic);
    let ends = |text: &str| text.ends_with(['s', 'S', 'z', 'x']);
    let s = if ends(word) { "" } else { "s" };
    (owned && ends(noun)).then(|| (format!("{word}{sign}{s}"), behind))
}
