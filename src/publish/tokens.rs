//! Formats of keys and tokens, by issuer: prefix, alphabet and length as published.
//!
//! These facts are taken from the rule sets of gitleaks, trufflehog, detect-secrets and ripsecrets, from the pattern
//! lists that GitHub and GitLab publish, and from the issuers' own documentation. `secrets.rs` searches for them.

use std::sync::LazyLock;

/// The characters of a token after its prefix.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Alphabet {
    /// Hexadecimal digits.
    Hex,
    /// Hexadecimal digits and `-`.
    Uuid,
    /// Letters and digits.
    Alnum,
    /// Letters, digits, `-` and `_`.
    Word,
    /// As `Word`, and `.`.
    Dotted,
    /// As `Word`, and `+ / =`.
    Base64,
    /// Characters of a URL.
    Path,
    /// Characters of a password hash.
    Hash,
}

impl Alphabet {
    pub(super) fn holds(self, byte: u8) -> bool {
        match self {
            Alphabet::Hex => byte.is_ascii_hexdigit(),
            Alphabet::Uuid => byte.is_ascii_hexdigit() || byte == b'-',
            Alphabet::Alnum => byte.is_ascii_alphanumeric(),
            Alphabet::Word => byte.is_ascii_alphanumeric() || b"-_".contains(&byte),
            Alphabet::Dotted => byte.is_ascii_alphanumeric() || b"-_.".contains(&byte),
            Alphabet::Base64 => byte.is_ascii_alphanumeric() || b"-_+/=".contains(&byte),
            Alphabet::Path => byte.is_ascii_alphanumeric() || b"-_./?=&%@:~".contains(&byte),
            Alphabet::Hash => byte.is_ascii_alphanumeric() || b"./$=,+".contains(&byte),
        }
    }
}

/// A format: its prefix, its alphabet, and the minimum and maximum number of characters that follow.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    pub prefix: &'static str,
    pub alphabet: Alphabet,
    pub least: usize,
    pub most: usize,
}

/// Returns a format of fixed length.
const fn one(prefix: &'static str, alphabet: Alphabet, length: usize) -> Token {
    Token { prefix, alphabet, least: length, most: length }
}

/// Returns a format of that length or more.
const fn from(prefix: &'static str, alphabet: Alphabet, least: usize) -> Token {
    Token { prefix, alphabet, least, most: usize::MAX }
}

use Alphabet::{Alnum, Base64, Dotted, Hash, Hex, Path, Uuid, Word};

/// By source; a format in several of them is listed under the first.
pub(super) const SHAPES: &[(&str, &[Token])] = &[
    (
        "github: about authentication to GitHub, token formats",
        &[
            from("ghp_", Alnum, 30),
            from("gho_", Alnum, 30),
            from("ghu_", Alnum, 30),
            from("ghs_", Alnum, 30),
            from("ghr_", Alnum, 30),
            from("github_pat_", Word, 30),
        ],
    ),
    (
        "github: supported secret scanning patterns",
        &[
            from("sb_secret_", Word, 22),
            one("ddp_", Alnum, 36),
            one("ddw_", Alnum, 36),
            from("sgp_", Word, 40),
            from("nfp_", Alnum, 30),
            from("napi_", Alnum, 40),
            from("lsv2_pt_", Word, 40),
            from("lsv2_sk_", Word, 40),
            from("figd_", Word, 40),
            from("rnd_", Alnum, 28),
            from("cio", Alnum, 32),
            one("oy2", Alnum, 43),
            from("syt_", Base64, 20),
        ],
    ),
    (
        "gitlab: token prefixes",
        &[
            from("glpat-", Dotted, 16),
            from("gldt-", Word, 20),
            from("glft-", Word, 20),
            from("glptt-", Word, 20),
            from("glrt-", Dotted, 20),
            from("glrtr-", Dotted, 20),
            from("glcbt-", Word, 20),
            from("glffct-", Word, 20),
            from("glimt-", Word, 20),
            from("glagent-", Word, 40),
            from("gloas-", Word, 40),
            from("glsoat-", Word, 20),
            from("GR1348941", Word, 20),
            from("_gitlab_session=", Alnum, 24),
        ],
    ),
    (
        "gitleaks: cloud",
        &[
            one("AKIA", Alnum, 16),
            one("ASIA", Alnum, 16),
            one("ABIA", Alnum, 16),
            one("ACCA", Alnum, 16),
            one("A3T", Alnum, 17),
            from("ABSK", Base64, 100),
            from("bedrock-api-key-", Base64, 40),
            from("AIza", Word, 35),
            from("LTAI", Alnum, 12),
            from("doo_v1_", Hex, 40),
            from("dop_v1_", Hex, 20),
            from("dor_v1_", Hex, 40),
            from("HRKU-AA", Word, 50),
            from("fo1_", Word, 40),
            from("fm1a_", Base64, 80),
            from("fm1r_", Base64, 80),
            from("fm2_", Base64, 80),
            from("v1.0-", Uuid, 160),
            from("dapi", Uuid, 32),
            from("pscale_tkn_", Dotted, 32),
            from("pscale_pw_", Dotted, 32),
            from("pscale_oauth_", Dotted, 32),
            from("t1.", Dotted, 100),
            from("AQVN", Word, 35),
            from("YCAJE", Word, 30),
        ],
    ),
    (
        "gitleaks: secrets managers, infrastructure and builds",
        &[
            from("hvs.", Word, 24),
            from("hvb.", Word, 100),
            one("s.", Alnum, 24),
            from("dp.pt.", Dotted, 40),
            from("A3-", Word, 33),
            from("ops_eyJ", Base64, 200),
            from("pul-", Alnum, 40),
            from("pnu_", Alnum, 36),
            one("sha256~", Word, 43),
            from("AGE-SECRET-KEY-1", Alnum, 20),
            from("age-secret-key-1", Alnum, 20),
            one("API-", Alnum, 26),
            from("pat.", Dotted, 60),
            from("sat.", Dotted, 60),
            from("ico-", Alnum, 32),
            from("squ_", Hex, 40),
            from("sqp_", Hex, 40),
            from("sqa_", Hex, 40),
            from("sntrys_eyJ", Base64, 60),
            from("sntryu_", Hex, 60),
            from("glsa_", Word, 40),
            from("glc_", Base64, 32),
            from("eyJrIjoi", Alnum, 60),
            // `{"auths":`, the credentials of a container registry.
            from("eyJhdXRocyI6", Base64, 20),
            from("NRAK-", Alnum, 27),
            from("NRJS-", Hex, 19),
            from("NRII-", Word, 25),
            from("dt0c01.", Dotted, 80),
        ],
    ),
    (
        "gitleaks: packages",
        &[
            from("npm_", Alnum, 20),
            from("pypi-", Word, 20),
            from("rubygems_", Alnum, 40),
            one("CLOJARS_", Alnum, 60),
            from("AKCp", Alnum, 60),
            from("cmVmd", Alnum, 55),
        ],
    ),
    (
        "gitleaks: chat, payment and others",
        &[
            from("xapp-", Word, 20),
            from("sk_live_", Alnum, 10),
            from("sk_test_", Alnum, 10),
            from("sk_prod_", Alnum, 10),
            from("rk_live_", Alnum, 10),
            from("rk_test_", Alnum, 10),
            from("rk_prod_", Alnum, 10),
            from("sq0atp-", Word, 22),
            from("EAAA", Word, 40),
            from("shpat_", Alnum, 32),
            from("shpca_", Alnum, 32),
            from("shppa_", Alnum, 32),
            from("shpss_", Alnum, 32),
            from("FLWSECK_TEST-", Word, 12),
            from("FLWSECK-", Word, 30),
            from("access-production-", Uuid, 36),
            from("access-development-", Uuid, 36),
            from("access-sandbox-", Uuid, 36),
            from("live_", Word, 40),
            from("shippo_live_", Alnum, 40),
            from("shippo_test_", Alnum, 40),
            one("EZAK", Alnum, 54),
            one("EZTK", Alnum, 54),
            from("duffel_live_", Word, 40),
            from("duffel_test_", Word, 40),
            from("SG.", Dotted, 40),
            from("xkeysib-", Word, 60),
            one("key-", Hex, 32),
            one("SK", Hex, 32),
            from("lin_api_", Alnum, 40),
            from("ntn_", Alnum, 40),
            from("PMAK-", Word, 50),
            one("pat", Dotted, 79),
            one("key", Alnum, 14),
            from("rdme_", Alnum, 60),
            from("tfp_", Dotted, 40),
            from("sm_pat_", Alnum, 16),
            from("sm_aat_", Alnum, 16),
            from("sm_sat_", Alnum, 16),
            from("fio-u-", Word, 60),
            one("hf_", Alnum, 34),
            one("api_org_", Alnum, 34),
            from("sk-", Word, 20),
            from("pplx-", Alnum, 40),
            from("EAAC", Alnum, 60),
            from("EAAM", Alnum, 100),
            from("AAAAAAAAAAAAAAAAAAAAAA", Path, 80),
            from("s-s4t2ud-", Hex, 60),
            from("s-s4t2af-", Hex, 60),
            from("p8e-", Alnum, 32),
            from("dnkey-", Word, 60),
        ],
    ),
    (
        "trufflehog: detectors",
        &[
            from("ya29.", Word, 20),
            from("cfut_", Alnum, 40),
            from("cfat_", Alnum, 40),
            from("cfk_", Alnum, 40),
            from("sbp_", Hex, 40),
            from("ATBB", Base64, 20),
            from("ATCTT3xFfG", Base64, 40),
            from("BBDC-", Base64, 40),
            from("CCIPAT_", Word, 40),
            from("bkua_", Alnum, 40),
            from("slk_", Hex, 60),
            from("sqco_", Alnum, 50),
            from("figp_", Word, 40),
            from("figo_", Word, 40),
            from("dckr_pat_", Word, 20),
            from("dckr_oat_", Word, 20),
            from("dp.st.", Dotted, 40),
            from("dp.ct.", Dotted, 40),
            from("dp.sa.", Dotted, 40),
            from("dp.scim.", Dotted, 40),
            from("dp.audit.", Dotted, 40),
            from("tskey-", Word, 20),
            from("endr+", Word, 16),
            from("pi_", Word, 55),
            from("rzp_live_", Alnum, 14),
            from("rzp_test_", Alnum, 14),
            from("ak_live_", Alnum, 30),
            from("sandbox-sq0", Word, 24),
            from("NRIQ-", Word, 25),
            from("rootly_", Hex, 60),
            from("phx_", Word, 40),
            one("secret_", Alnum, 43),
            from("CFPAT-", Word, 40),
            from("bb_pr_", Hex, 30),
            from("bb_ma_", Hex, 30),
            from("apify_api_", Word, 30),
            from("aio_", Alnum, 28),
            from("r8_", Word, 37),
            from("gsk_", Alnum, 50),
            from("xai-", Word, 70),
            from("nvapi-", Word, 60),
            from("pcsk_", Word, 60),
            one("sk_", Hex, 48),
            from("thog-secret-", Hex, 32),
            from("5AEP861", Dotted, 80),
            from("1000.", Dotted, 60),
            from("salad_cloud_", Word, 20),
            one("NF-", Alnum, 32),
            from("VF.", Dotted, 40),
            from("sk.", Dotted, 80),
            one("na1.", Base64, 100),
            from("ramp_sec_", Alnum, 40),
        ],
    ),
    (
        "detect-secrets: plugins",
        &[
            from("xoxa-", Word, 10),
            from("xoxb-", Word, 10),
            from("xoxc-", Word, 10),
            from("xoxd-", Base64, 10),
            from("xoxe-", Word, 10),
            from("xoxe.", Dotted, 10),
            from("xoxo-", Word, 10),
            from("xoxp-", Word, 10),
            from("xoxr-", Word, 10),
            from("xoxs-", Word, 10),
            from("sq0csp-", Word, 40),
            from("AP5", Alnum, 40),
        ],
    ),
    (
        "issuers: addresses that let whoever has them write",
        &[
            from("hooks.slack.com/services/", Path, 20),
            from("hooks.slack.com/workflows/", Path, 20),
            from("hooks.slack.com/triggers/", Path, 20),
            from("discord.com/api/webhooks/", Path, 30),
            from("discordapp.com/api/webhooks/", Path, 30),
            from("webhook.office.com/webhookb2/", Path, 60),
            from("chat.googleapis.com/v1/spaces/", Path, 60),
            from("open.feishu.cn/open-apis/bot/v2/hook/", Path, 20),
            from("open.larksuite.com/open-apis/bot/v2/hook/", Path, 20),
            from("qyapi.weixin.qq.com/cgi-bin/webhook/send?key=", Path, 20),
            from("hooks.zapier.com/hooks/catch/", Path, 10),
            from("tines.com/webhook/", Path, 40),
            from("maker.ifttt.com/trigger/", Path, 30),
            from("wh.jandi.com/connect-api/webhook/", Path, 20),
            from("hc-ping.com/", Path, 20),
        ],
    ),
    (
        "issuers: documentation of their keys",
        &[
            from("GOCSPX-", Word, 24),
            from("1//0", Word, 40),
            from("DO00", Alnum, 14),
            from("FlyV1 fm", Base64, 80),
            from("ATATT3xFfGF0", Base64, 100),
            from("whsec_", Base64, 24),
            from("access_token$production$", Hash, 30),
            from("AQE", Base64, 60),
            from("xsmtpsib-", Word, 60),
            from("ddapi_", Alnum, 30),
            from("phs_", Word, 40),
            from("lin_oauth_", Alnum, 40),
            from("IGQV", Word, 80),
            from("pat-na1-", Uuid, 36),
            from("pat-eu1-", Uuid, 36),
            from("dG9r", Base64, 50),
            one("sdk-", Uuid, 36),
            one("api-", Uuid, 36),
            from("APA91b", Word, 100),
            from("amzn.mws.", Uuid, 36),
            from("amzn1.oa2-cs.v1.", Hex, 60),
            // Korea: NAVER Cloud, Toss Payments, KakaoPay, Upstage.
            from("ncp_iam_", Alnum, 20),
            from("live_sk_", Alnum, 20),
            from("test_sk_", Alnum, 20),
            from("live_gsk_", Alnum, 20),
            from("test_gsk_", Alnum, 20),
            one("DEV", Hex, 37),
            one("PRD", Hex, 37),
            one("up_", Alnum, 32),
        ],
    ),
    (
        "github: supported secret scanning patterns, those of newer services",
        &[
            from("csk-", Alnum, 40),
            from("tgp_v1_", Word, 40),
            from("jina_", Word, 50),
            from("e2b_", Hex, 40),
            from("tvly-", Word, 24),
            one("fc-", Hex, 32),
            from("AQ.", Word, 40),
            from("vcp_", Alnum, 40),
            from("vci_", Alnum, 40),
            from("vca_", Alnum, 40),
            from("vck_", Alnum, 40),
            one("re_", Word, 33),
            from("mlsn.", Hex, 60),
            one("md-", Word, 22),
            from("hcaik_", Alnum, 50),
            from("hcxik_", Alnum, 50),
            from("CCIPRJ_", Word, 40),
            from("plane_api_", Hex, 32),
            from("ucat_", Alnum, 20),
            from("y0_", Word, 50),
            one("ATTA", Hex, 64),
        ],
    ),
    (
        "gitleaks and trufflehog: more of their detectors",
        &[
            from("sl.", Dotted, 130),
            from("tk-us-", Word, 40),
            from("tk-eu-", Word, 40),
            one("pk_", Word, 41),
            from("st.", Dotted, 80),
            from("hvr.", Word, 80),
            from("BUNDLE_ENTERPRISE__CONTRIBSYS__COM=", Path, 16),
            from("code=", Base64, 50),
        ],
    ),
    (
        "crypt(5), RFC 9106: hashes of passwords",
        &[
            from("$apr1$", Hash, 24),
            from("$1$", Hash, 24),
            from("$5$", Hash, 40),
            from("$6$", Hash, 60),
            from("$y$", Hash, 40),
            from("$2a$", Hash, 50),
            from("$2b$", Hash, 50),
            from("$2y$", Hash, 50),
            from("$argon2id$", Hash, 40),
            from("$argon2i$", Hash, 40),
            from("{SSHA}", Base64, 28),
        ],
    ),
];

/// The formats by their first two bytes.
struct Index {
    /// Whether any prefix begins with these two bytes.
    first: Vec<bool>,
    sorted: Vec<Token>,
}

static INDEX: LazyLock<Index> = LazyLock::new(|| {
    let mut sorted: Vec<Token> = SHAPES.iter().flat_map(|(_, shapes)| *shapes).copied().collect();
    // The longest prefix first if one begins with another.
    sorted.sort_by(|a, b| {
        two(a.prefix).cmp(&two(b.prefix)).then(b.prefix.len().cmp(&a.prefix.len()))
    });
    let mut first = vec![false; 1 << 16];
    sorted.iter().filter_map(|token| two(token.prefix)).for_each(|two| first[two] = true);
    Index { first, sorted }
});

/// Returns the first two bytes as a number.
fn two(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    Some(usize::from(*bytes.first()?) << 8 | usize::from(*bytes.get(1)?))
}

/// Returns the formats whose prefix is at the start of a text.
pub(super) fn shapes_at(text: &str) -> &'static [Token] {
    let index = &*INDEX;
    let Some(two_bytes) = two(text).filter(|two| index.first[*two]) else { return &[] };
    let from = index.sorted.partition_point(|token| two(token.prefix) < Some(two_bytes));
    let many = index.sorted[from..].iter().take_while(|token| two(token.prefix) == Some(two_bytes));
    &index.sorted[from..from + many.count()]
}
