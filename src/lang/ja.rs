//! Japanese.

use crate::model::{Clock, Day, EventType, Measure, Precision, Verdict};

use super::documents::{Documents, Labels, StatsLabels, join_amount};
use super::language::Language;
use super::reading::{ClockWords, Half, LengthWords, LessonWords, Reading, TextWords, TimeWords};

pub(super) static LANGUAGE: Language =
    Language { code: "ja", reading: Some(&READING), documents: Some(&DOCUMENTS), terminal: None };

/// Noon is `午後0時`: which one `午前12時` and `午後12時` are people do not agree on.
const MORNING: Half = Half { hours: (0, 11), after_noon: false };
const AFTERNOON: Half = Half { hours: (0, 11), after_noon: true };

static READING: Reading = Reading {
    names: &["jp", "jpn", "japanese", "日本語"],
    letters: &['ぁ'..='ゖ', 'ァ'..='ヺ', 'ｦ'..='ﾝ'],
    times: TimeWords {
        letters: &[
            ('０', '0'),
            ('１', '1'),
            ('２', '2'),
            ('３', '3'),
            ('４', '4'),
            ('５', '5'),
            ('６', '6'),
            ('７', '7'),
            ('８', '8'),
            ('９', '9'),
            ('：', ':'),
            ('（', '('),
            ('）', ')'),
        ],
        spaced: false,
        now: &["今", "いま", "現在", "たった今"],
        about_before: &["約", "およそ"],
        about_behind: &["頃", "ごろ", "くらい", "ぐらい"],
        in_before: &[],
        ago_behind: &["前"],
        later_behind: &["後"],
        units: &[("秒", 1), ("分", 60), ("時間", 3600), ("日", 86_400)],
        numbers: &[("一時間", "1時間"), ("二時間", "2時間"), ("三時間", "3時間")],
        and_a_half: Some("半"),
        days: &[
            ("一昨日", -2),
            ("おととい", -2),
            ("昨日", -1),
            ("きのう", -1),
            ("今日", 0),
            ("きょう", 0),
            ("本日", 0),
            ("明後日", 2),
            ("あさって", 2),
            ("明日", 1),
            ("あした", 1),
        ],
        weekdays: &[
            ["月曜日", "火曜日", "水曜日", "木曜日", "金曜日", "土曜日", "日曜日"],
            ["月曜", "火曜", "水曜", "木曜", "金曜", "土曜", "日曜"],
        ],
        weekdays_in_brackets: Some(["月", "火", "水", "木", "金", "土", "日"]),
        date: Some(["年", "月", "日"]),
        months: None,
        clock_before: &["の"],
        clock: Some(ClockWords {
            hour: "時",
            minute: "分",
            second: "秒",
            half_past: "半",
            minutes_long: "分間",
            distance: &["前 ", "前に", "後 ", "後に", "以内"],
        }),
        // Which day `深夜1時` belongs to people do not agree on.
        halves_before: &[
            ("午前", MORNING),
            ("午後", AFTERNOON),
            ("未明", Half { hours: (0, 5), after_noon: false }),
            ("早朝", Half { hours: (3, 8), after_noon: false }),
            ("朝", Half { hours: (4, 11), after_noon: false }),
            ("夕方", Half { hours: (4, 7), after_noon: true }),
            ("夜", Half { hours: (6, 11), after_noon: true }),
        ],
        halves_behind: &[],
        noon: &["正午"],
        from_behind: &["から"],
        until_behind: &["までに", "まで"],
        days_of_ends: &["翌", "明日", "今日", "深夜", "終日"],
        asks_for_clock: &["午前", "午後", "の"],
    },
    event_types: &[
        ("障害発生", EventType::ImpactStart),
        ("検知", EventType::Detected),
        ("障害宣言", EventType::Declared),
        ("対応開始", EventType::Acknowledged),
        ("調査中", EventType::Investigating),
        ("原因特定", EventType::Identified),
        ("経過観察", EventType::Monitoring),
        ("緩和", EventType::Mitigated),
        ("解決", EventType::Resolved),
        ("告知", EventType::Announced),
        ("クローズ", EventType::Closed),
        ("観測", EventType::Observation),
        ("対処", EventType::Action),
        ("決定", EventType::Decision),
        ("連絡", EventType::Communication),
        ("エスカレーション", EventType::Escalation),
        ("重大度変更", EventType::SeverityChange),
        ("計画変更", EventType::PlanChange),
    ],
    lessons: LessonWords {
        well: &["良かった点", "よかった点", "うまくいったこと"],
        badly: &["悪かった点", "反省点", "うまくいかなかったこと"],
        lucky: &["幸運", "運が良かったこと", "幸運だったこと"],
        surprised: &["想定外", "想定外だったこと", "驚いたこと"],
        factor: &["要因", "原因"],
    },
    yes: &["はい", "ええ"],
    texts: TextWords {
        opposites: &[
            (&["設定", "有効", "をオン", "オンに"], &["解除", "無効", "をオフ", "オフに", "削除"]),
            (&["許可"], &["禁止", "遮断", "拒否"]),
            (&["開始", "起動", "スタート"], &["終了", "停止", "中止", "ストップ"]),
            (&["公開", "表示"], &["非公開", "非表示", "取り下げ"]),
            (&["開く", "開け", "オープン"], &["閉じ", "閉め", "クローズ"]),
            (&["追加"], &["削除", "除去"]),
            (&["凍結"], &["凍結解除", "解凍"]),
            (&["デプロイ", "配信", "リリース"], &["ロールバック", "切り戻", "差し戻"]),
            (&["上げ", "増や"], &["下げ", "減ら"]),
        ],
        holding_opposites: &["非公開", "非表示", "凍結解除"],
        failed: &[
            "失敗",
            "中止",
            "取り消",
            "キャンセル",
            "延期",
            "見送",
            "保留",
            "できなかった",
            "できず",
            "しなかった",
            "せず",
            "ロールバック",
            "切り戻",
            "スキップ",
        ],
        rejected: &["リジェクト", "却下"],
        not_rejected: &[
            "リジェクトなし",
            "リジェクトされず",
            "リジェクトされな",
            "却下なし",
            "却下されず",
            "却下されな",
        ],
        secrets: &["パスワード", "暗証番号", "トークン"],
        version_before: &["バージョン", "バージョン "],
        nobody: &["未定", "なし", "未割当", "不明", "誰か"],
        pictures: &["画像", "写真", "スクリーンショット", "スクショ", "添付"],
        other_years: &["昨年", "去年", "一昨年", "来年"],
        weekday_joints: &["の", "である"],
        range_words: &["から"],
        measures: &[
            ("検知まで", Measure::Detect),
            ("緩和まで", Measure::Mitigate),
            ("解決まで", Measure::Resolve),
        ],
        lengths: LENGTHS,
    },
};

const LENGTHS: LengthWords = LengthWords {
    numbers: &[("一", 1.0), ("二", 2.0), ("三", 3.0), ("四", 4.0), ("五", 5.0), ("六", 6.0)],
    half_more: &["半"],
    clock_before: &["時", "月"],
    about_before: &["約", "およそ", "ほぼ"],
    about_behind: &["ほど", "くらい", "ぐらい", "程度", "あまり"],
    at_least_before: &["少なくとも"],
    at_least_behind: &["以上", "超"],
    at_most_before: &[],
    at_most_behind: &["以内", "未満", "以下"],
    fillers: &["合計", "計", "全体で"],
    copulas: &["は", "が", "に"],
    usual: &["通常", "普段", "平均", "目標", "予想", "予定", "前回", "最大", "sla", "slo"],
    after: &["後", "してから"],
    origins: &["発生", "開始", "検知", "障害"],
    wholes: &[
        ("障害時間", ""),
        ("停止時間", ""),
        ("継続時間", ""),
        ("ダウンタイム", ""),
        ("障害", "続"),
        ("障害", "継続"),
        ("復旧まで", ""),
        ("", "で復旧"),
        ("", "で解決"),
        ("", "の障害"),
        ("", "間の障害"),
    ],
    detections: &[("", "で検知"), ("発見まで", "")],
    parts: &[("", "停止"), ("", "利用でき"), ("", "間停止")],
};

static DOCUMENTS: Documents = Documents {
    code: "ja",
    labels: Labels {
        plan: "計画",
        plan_intro: "計画は次のとおりでした。",
        planned: "予定",
        actual: "実績",
        deviation: "差",
        plan_and_actual: "計画と実績",
        timeline: "タイムライン",
        durations: "所要時間",
        duration: "区間",
        value: "値",
        formula: "計算式",
        summary: "概要",
        impact: "影響",
        contributing_factors: "寄与要因",
        lessons: "振り返り",
        went_well: "うまくいったこと",
        went_badly: "うまくいかなかったこと",
        got_lucky: "幸運だったこと",
        surprised_us: "想定外だったこと",
        actions: "アクションアイテム",
        owner: "担当",
        due: "期限",
        done: "完了",
        added_later: "後から追加",
        first_planned: "当初の予定",
        from_first: "当初の予定との差",
        reason: "理由",
        skipped: "スキップ",
        by: "実施者",
        about: "約",
        schedule_kept: "予定の遵守",
        written_live: "リアルタイムの記録",
        longest_silence: "最長の空白",
        kept_formula: "予定どおりの手順 ÷ 計画した手順",
        live_formula: "後から記録した印のないイベント ÷ すべてのイベント",
        times_in: "タイムゾーン",
        severity: "重大度",
        services: "サービス",
        status: "ステータス",
        kind: "種別",
        author: "作成者",
        date: "日付",
        open: "継続中",
        ended: "終了",
        sample: "サンプル記録",
        internal: "社内限定",
        step: "手順",
        not_in_plan: "計画になし",
        unplanned: "計画外",
        rejections: "リジェクト",
        by_words: "文言による対応付け",
        silences: "長い空白",
        no_plan: "計画はありません。",
        nothing: "なし",
        only_one_left: "前後の手順の間に残るのはこれだけ",
        out_of_order: "順序は前後するが、文言から明らか",
        nothing_to_link: "対応付けるものはありません。",
        anchor_unknown: " (実際の時刻が記録されていないため、計画上の間隔を使用)",
        with_anchor: "基準時刻",
        clocks_change: "時計が切り替わるため、間隔を保って計算",
        now: "現在",
        overdue: "超過",
        anchor: "基準",
        left_out: "前回スキップした手順",
        happened_unplanned: "前回の計画になかった出来事",
        open_actions: "未完了のアクションアイテム",
        basis: "根拠",
        undetected: "未検知",
        detected: "検知済み",
        mitigating: "対応中",
        mitigated: "緩和済み",
        planned_event: "計画した手順",
        unplanned_event: "計画外",
        milestone: "マイルストーン",
        severity_change: "重大度の変更",
        on_time: "予定どおり",
        early: "前倒し",
        late: "遅れ",
        not_recorded: "記録なし",
        scale_note: "間隔は時間に比例。混み合う箇所は広げ、長い区間は切り詰めて長さを記す",
        nothing_to_draw: "描くものはまだありません。",
        end: "終了",
        trigger: "きっかけ",
        resolution: "解決",
        detection: "検知",
        lead_up: "経緯",
        fault: "障害",
        response: "対応",
        recovery: "復旧",
        supporting: "参考資料",
        next_steps: "今後の対応",
        history: "リリース履歴",
        prompt_summary: "何が起きたかを二、三文で。",
        prompt_impact: "誰が、どの程度、どれだけの間、影響を受けたか。",
        prompt_factors: "何が重なって起きたか。",
        prompt_well: "何がうまくいったか。",
        prompt_badly: "何がうまくいかなかったか。",
        prompt_lucky: "どこで運に助けられたか。",
        prompt_surprised: "何が想定外だったか。",
        prompt_actions: "誰が、いつまでに、何をするか。",
        nothing_yet: "イベントはまだ記録されていません。",
    },
    clock,
    day,
    amount,
    verdict,
    event_type: |kind| READING.event_type(kind),
    measure,
    kind,
    of: |part, whole| format!("{whole}件中{part}件"),
    took,
    alike: |percent| format!("文言の類似度 {percent} %"),
    running: |late| format!("当時は全体に{late}"),
    lead: |amount, before| format!("基準の{amount}{}", if before { "前" } else { "後" }),
    really: |real, planned| format!("実績 {real} (計画 {planned})"),
    overtakes: |step| format!("前回の計画では「{step}」の後"),
    at_least: |late| format!("少なくとも{late}"),
    since: |amount, what| format!("{what}から{amount}"),
    due_in: |amount| format!("{amount}後"),
    next_step: |step, when, at| format!("次: {step} {when} ({at})"),
    runs: |late, step| match step {
        Some(step) => format!("進捗: {late} ({step})"),
        None => format!("進捗: {late}"),
    },
    all_done: |done, skipped| match skipped {
        0 => format!("計画した{done}件の手順をすべて完了"),
        _ => format!("計画を完了 (実施 {done}、スキップ {skipped})"),
    },
    saying: |words| format!("次のいずれかを含むイベント: {words}"),
    noted_later: |when| format!("{when}に後から記録"),
    not_stated: |what| format!("{what}の時刻は記載なし"),
    stats: StatsLabels {
        figure: "指標",
        median: "中央値",
        range: "範囲",
        records: "記録",
        open: "継続中",
        events: "イベント",
        deviation: "手順の差",
        deviation_formula: "手順の最初のイベント − 予定の時刻",
        most_slipped: "遅れの大きい手順",
        times_late: "遅れ",
        formula: "計算式",
        step: "手順",
        month: "月",
        quarter: "四半期",
        year: "年",
        kind: "種別",
        service: "サービス",
        severity: "重大度",
        tag: "タグ",
        in_both: "サービスやタグが二つある記録は両方に数える",
        measure_formula: |end, starts| format!("{end} − {}", starts.join("、なければ − ")),
        usual_resolve: |median, count| format!("TTR {median} (n {count})"),
        backwards: |count, which| {
            format!("終わりが始まりより前になる所要時間は除外: {count}件 ({which})")
        },
        undated: |count| format!("日付のない{count}件はどの期間にも含まない"),
        days_only: |count| format!("日付までしか分からない所要時間{count}件は中央値から除外"),
    },
    not_recorded: |what| format!("{what}の時刻が記録されていない"),
};

/// `午後6時08分`; on the hour `午後5時`, at noon `午後0時`.
fn clock(clock: &Clock) -> String {
    let half = if clock.hour < 12 { "午前" } else { "午後" };
    let hour = clock.hour % 12;
    match (clock.minute, clock.precision) {
        (_, Precision::Day) => String::new(),
        (0, Precision::Minute) => format!("{half}{hour}時"),
        (minute, Precision::Minute) => format!("{half}{hour}時{minute:02}分"),
        (_, Precision::Hour) => format!("{half}{hour}時台"),
        (minute, Precision::Second) => {
            format!("{half}{hour}時{minute:02}分{:02}秒", clock.second)
        }
        (minute, Precision::Fraction) => {
            format!("{half}{hour}時{minute:02}分{:02}.{}秒", clock.second, clock.fraction)
        }
    }
}

fn day(day: &Day) -> String {
    let weekday = ["月", "火", "水", "木", "金", "土", "日"][day.weekday()];
    format!("{}年{}月{}日 ({weekday})", day.year(), day.month(), day.day())
}

/// `4時間49分`: nothing stands between its parts.
fn amount(seconds: i64, precision: Precision) -> String {
    join_amount(seconds, precision, ["日", "時間", "分", "秒"], "").replace(' ', "")
}

fn verdict(verdict: Verdict, amount: Option<&str>) -> String {
    let word = match verdict {
        Verdict::OnTime => "予定どおり",
        Verdict::Early => "前倒し",
        Verdict::Late => "遅れ",
        Verdict::NotRecorded => "記録なし",
        Verdict::Skipped => "スキップ",
        Verdict::Unplanned => "計画外",
    };
    format!("{}{word}", amount.unwrap_or_default())
}

fn measure(measure: Measure) -> String {
    let word = match measure {
        Measure::Detect => "検知まで (TTD)",
        Measure::Acknowledge => "対応開始まで (TTA)",
        Measure::Mitigate => "緩和まで (TTM)",
        Measure::Resolve => "解決まで (TTR)",
    };
    word.to_owned()
}

fn kind(kind: &str) -> String {
    let word = match kind {
        "release" => "リリース",
        "outage" => "障害",
        "maintenance" => "メンテナンス",
        other => other,
    };
    word.to_owned()
}

fn took(length: &str, planned: Option<&str>) -> String {
    match planned {
        Some(planned) => format!("所要 {length} (計画 {planned})"),
        None => format!("所要 {length}"),
    }
}
