//! Plans, actions and lessons.

use crate::lang::terminal::help::{
    ActionsAddHelp, ActionsDoneHelp, ActionsHelp, LessonSortsHelp, LessonsAddHelp, LessonsHelp,
    PlanAddHelp, PlanCheckHelp, PlanEditHelp, PlanExportHelp, PlanFromHelp, PlanHelp, PlanListHelp,
    PlanMoveHelp, PlanNeedsHelp, PlanRebaseHelp, PlanRunHelp, PlanShiftHelp, PlanSkipHelp,
    PlanStepHelp,
};

pub(super) const PLAN: PlanHelp = PlanHelp {
    about: "언제 무엇을 할지 적고, 어디까지 왔는지 봅니다",
    add: PlanAddHelp {
        about: "계획에 단계를 더합니다 (표준 입력으로 여럿을 한꺼번에)",
        long_about: r#"계획에 단계를 더합니다 (표준 입력으로 여럿을 한꺼번에)

  asrun plan add 17:30 "앱 배포" --id deploy
  asrun plan add "9월 7일 오후 6시" "출시 공지" --until 18:30
  pbpaste | asrun plan add -

날짜 없는 시각은 기록의 날짜들 가운데서 봅니다. `-`를 쓰면 표준 입력의 한
줄이나 표의 한 행이 단계 하나입니다. `오후 6시: PV영상 공개`, `17:30 - 배포`처럼
시각 뒤에 할 일을 적고, --t0와 함께라면 시각을 `T-60m`처럼 적어도 됩니다.
표는 마크다운 표나 탭, 쉼표로 칸을 나눈 표이며 머리글(시각, 작업, 담당, 선행
작업, 소요, 기한 …)로 칸의 뜻을 압니다. 날짜가 적힌 제목은 그 아래 줄에
적용합니다. 글 뒤에는 [after: build +16m] [takes: 20m] [due: 18:00] [owner: 김]
[if failed: …] [decision] [rollback]을 붙일 수 있고, 점검 목록의 (샘)은
담당입니다. 읽을 수 없는 줄이 있으면 아무것도 쓰지 않습니다. --dry-run으로 미리
볼 수 있습니다."#,
        time: "예정 시각. `-`이면 표준 입력에서 줄마다 읽습니다",
        text: "할 일",
        id: "`asrun log --step`에 쓸 이름. 없으면 할 일에서 만듭니다",
        until: "끝나는 시각 (시작과 끝이 있는 단계일 때)",
        owner: "담당",
        zero: "`T-60m`, `T+5m` 같은 단계의 기준 시각 T",
    },
    from: PlanFromHelp {
        about: "옛 기록의 실제 간격으로 새 계획을 만듭니다",
        long_about: r#"옛 기록의 실제 간격으로 새 계획을 만듭니다

  asrun plan from 2.0 --at "9월 7일 오후 6시"            살펴보기
  asrun plan from 2.0 --at "9월 7일 오후 6시" --apply    계획에 쓰기
  asrun plan from 2.0 --at 18:00 --format lines > plan.txt
  asrun plan add - < plan.txt                            고친 뒤 더하기
  asrun plan from 2.7 2.8 2.9 --at 2024-09-07            지난 출시 셋에서

기준 단계 하나를 그 시각에 두고, 다른 단계는 기준과의 간격을 지킵니다.
계획이 허용 오차보다 크게 어긋난 단계는 실제 간격을 씁니다. 기준보다 뒤에
계획해 제때 한 단계와, 실제로는 기준과 앞뒤가 바뀐 단계는 계획한 간격을
그대로 씁니다. 단계마다 어느 간격을 썼는지, 전에 뒤따르던 단계보다 앞서게
되었는지 알려 줍니다. --as-planned는 모든 간격을 계획대로 둡니다. 옛 기록의
끝나지 않은 후속 조치와 교훈도 함께 보여 줍니다.

실패가 없을 때 생략한 단계는 빼고, 뺐다고 알려 줍니다. --keep-skipped는 그런
단계도 넣습니다. 단계가 실패했거나 롤백을 시작해 생략한 단계와, 다른 출시에서는
할 일이었던 단계는 다시 계획합니다. 뺀 단계를 기다리던 단계는 그 단계가
기다리던 것을 기다립니다.

기록이 여럿이면 가장 최근 계획을 씁니다. 둘 이상이 아는 단계는 간격과 소요
시간의 중앙값을 쓰고 횟수와 범위를 보여 주며, 계획에 없었지만 두 번 이상 한
일도 알려 줍니다. 실제 간격은 15분 단위(기준 가까이에서는 5분)로 맞춥니다.
날짜만 적으면 새 출시일이며, 기준 단계는 그 시:분을 지킵니다."#,
        from: "옛 기록의 id, 겹치지 않는 id 일부, 또는 버전. 여럿이면 중앙값을 씁니다",
        at: "기준 단계를 둘 시각",
        anchor: "그 시각에 둘 단계. 없으면 옛 출시일의 단계 가운데 시:분이 가장 가까운 단계. 날짜만 적으면 \
            가장 많은 기록이 아는 단계 가운데 계획과 가장 가까웠던 단계",
        as_planned: "실제로 어떻게 되었든 모든 간격을 계획한 대로 둡니다",
        calendar: "간격을 일하는 날로 셉니다. 토요일, 일요일, holidays.txt의 날은 뺍니다",
        keep_skipped: "실패가 없을 때 생략한 단계도 함께 넣습니다",
        apply: "현재 기록(또는 --record)에 씁니다. 이미 있는 단계는 그대로 둡니다",
        format: "출력 형식: `table`은 사람용, `lines`는 `asrun plan add -`용, `json`은 프로그램용",
    },
    check: PlanCheckHelp {
        about: "다음 단계, 시각이 지난 단계, 늦어진 정도를 한 줄로 보여 줍니다",
        long_about: "\
다음 단계, 시각이 지난 단계, 늦어진 정도를 한 줄로 보여 줍니다

  asrun plan check              셸 프롬프트에 넣기 좋은 한 줄
  watch -n 30 asrun plan check
  asrun plan check --forecast   지난 출시에 걸린 시간으로 남은 단계를 예측

시각이 지난 단계나, 실패한 뒤 끝내지도 생략하지도 않은 단계가 있으면 종료 코드는
1입니다. 끝나지 않은 기록에서는 했을 수 있는 단계도 그렇고, 기록 없음뿐이면
0입니다.

예정 시각에서 허용 오차(asrun.yaml의 tolerance_minutes, 없으면 5)보다 더
지났는데 그 단계를 실행한 이벤트가 없을 때 시각이 지났다고 봅니다. 단계를 적지
않은 이벤트가 그 단계 같으면 했을 수 있음, 뒤의 단계를 기록했거나 기록이
끝났거나 두 주 동안 일어난 일도 계획한 일도 없으면 기록 없음입니다.",
        format: "출력 형식: `line`은 사람용, `json`은 프로그램용",
        forecast: "남은 단계가 언제 끝날지 보여 줍니다. 같은 종류의 지난 기록마다 그때의 지연을 \
            넣어 단계의 앞뒤 순서대로 한 번씩 돌려 봅니다. 모두 추정이며, 지난 기록이 없으면 \
            계획의 소요 시간만 씁니다",
        explain: "단계마다 다시 돌려 본 결과를 기록 이름과 함께 보여 줍니다",
        past: "이 기록들만 씁니다. 여러 번 줄 수 있습니다",
    },
    edit: PlanEditHelp {
        about: "단계를 고칩니다: 옵션으로, 또는 편집기에서 계획 전체를",
        long_about: r#"단계를 고칩니다: 옵션으로, 또는 편집기에서 계획 전체를

  asrun plan edit                      계획 전체, 한 줄에 한 단계
  asrun plan edit deploy               이 단계만
  asrun plan edit deploy --takes 30m --owner Kim
  asrun plan edit deploy --clear owner --clear due

편집기에서는 `asrun plan export`와 같은 모양으로 한 줄에 한 단계씩 보입니다.
바뀐 것만 씁니다. 줄을 더하면 단계가 생기고, 지우면 계획에서 빠지고, 시각을
바꾸면 이전 시각도 남습니다. 생략한 단계는 보이지 않습니다. 그동안 다른 사람이
바꾼 것은 그대로 두며, 같은 단계를 바꿨다면 아무것도 쓰지 않습니다. 옵션에서
--after는 이전 선행 단계를 모두 대신합니다."#,
        step: "단계의 id, 또는 글의 일부",
        text: "할 일",
        clear: "지울 키: owner, until, after, takes, due, decision, rollback, if_failed, command. 여러 번 줄 \
            수 있습니다",
    },
    reason_too: "이유를 옵션으로 적습니다",
    move_step: PlanMoveHelp {
        about: "단계의 예정 시각을 바꾸고 처음 계획도 남겨 둡니다",
        long_about: r#"단계의 예정 시각을 바꾸고 처음 계획도 남겨 둡니다

  asrun plan move deploy 17:30 --why "30분 여유를 두기로 함""#,
        step: "단계의 id, 또는 글의 일부",
        time: "바꿀 예정 시각",
        until: "바꿀 끝 시각. 없으면 길이를 지킨 채 통째로 옮깁니다",
        why: "계획을 바꾼 이유",
        on: "계획을 바꾼 시각. 없으면 지금",
    },
    skip: PlanSkipHelp {
        about: "단계를 생략합니다 (계획에는 생략으로 남음)",
        long_about: r#"단계를 생략합니다 (계획에는 생략으로 남음)

  asrun plan skip papers "지난번에는 요구하지 않았음"
  asrun plan skip --rest --why "롤백함"               남은 단계 모두

--rest는 진행 중인 단계와, 시작하지 않은 롤백 단계는 그대로 둡니다. 변경
하나로 쓰므로 asrun undo 한 번으로 되돌립니다."#,
        step: "단계의 id, 또는 글의 일부",
        why: "이유",
        on: "그렇게 정한 시각. 없으면 지금",
        rest: "완료, 진행, 생략 가운데 어느 것도 아닌 단계 모두",
    },
    unskip: PlanStepHelp {
        about: "생략한 단계를 다시 계획에 넣습니다",
        long_about: r#"생략한 단계를 다시 계획에 넣습니다

  asrun plan unskip papers

예정 시각은 생략하기 전 그대로입니다."#,
        step: "단계의 id, 또는 글의 일부",
    },
    remove: PlanStepHelp {
        about: "잘못 적은 단계를 계획에서 뺍니다",
        long_about: r#"잘못 적은 단계를 계획에서 뺍니다

  asrun plan remove papers

계획했다가 하지 않기로 한 단계는 생략으로 남겨 둡니다: asrun plan skip. 실행한
이벤트가 있는 단계는 뺄 수 없습니다."#,
        step: "단계의 id, 또는 글의 일부",
    },
    shift: PlanShiftHelp {
        about: "남은 계획을 통째로 옮기고 처음 계획도 남겨 둡니다",
        long_about: r#"남은 계획을 통째로 옮기고 처음 계획도 남겨 둡니다

  asrun plan shift --by +30m --why "빌드가 늦어짐"
  asrun plan shift --by +1d --from announce

끝나지 않았고 생략하지도 않은 단계를 모두 옮깁니다. --from을 주면 그 단계와,
예정 시각이 그와 같거나 늦은 단계만 옮깁니다. 구간의 길이는 그대로입니다.
asrun undo 한 번으로 모두 되돌립니다."#,
        by: "얼마나 옮길지: +30m이나 30m(뒤로), -1h(앞으로), +1d",
        from: "옮길 첫 단계의 id, 또는 글의 일부",
        why: "계획을 바꾼 이유",
        on: "그렇게 정한 시각. 없으면 지금",
    },
    rebase: PlanRebaseHelp {
        about: "남은 계획을 지금, 또는 주어진 시각에 시작하도록 옮깁니다",
        long_about: r#"남은 계획을 지금, 또는 주어진 시각에 시작하도록 옮깁니다

  asrun plan rebase --now --why "행사장이 늦게 열림"
  asrun plan rebase --at 17:20

끝나지 않았고 생략하지도 않은 첫 단계를 그 시각으로 옮기고, 나머지도 간격을 지켜
옮깁니다. --from을 주면 그 단계와 그 시각 이후의 단계만 옮깁니다. 처음 계획은
남습니다. 기한은 그대로 두므로 지킬 수 있을지는 asrun plan check --forecast로
봅니다. asrun undo 한 번으로 모두 되돌립니다."#,
        now: "첫 단계를 지금 시작합니다",
        at: "첫 단계를 이 시각에 시작합니다",
    },
    run: PlanRunHelp {
        about: "계획한 날에 단계를 한 줄씩 진행합니다",
        long_about: r#"계획한 날에 단계를 한 줄씩 진행합니다

  asrun plan run
  asrun plan run -r 3.0

계획이 어디까지 왔는지, 다음 단계, 지난 출시로 본 예측을 보여 줍니다.
Enter나 `done`(완료)은 그 단계를 끝난 것으로 기록하고 `done STEP`은 다른
단계를 기록합니다. `start`(시작), `fail WHY`(실패), `skip WHY`(생략),
`late +20m WHY`(늦음, `late 18:40 WHY`도 됨), `go`(진행), `no go`(중단)는
보이는 단계나 뒤에 적은 단계에 적용합니다. 다른 단계의 id와 거의 같거나 그
이름의 일부인 말은 이유로 받지 않습니다. `list`(목록)는 계획을,
`forecast`(예측)는 남은 단계의 예측을 보여 줍니다. `undo`(되돌리기)는 이
프롬프트에서 마지막으로 기록한 것을 되돌리고, `help`(도움말)는 쓸 수 있는 말을
보여 줍니다. `quit`(끝)이나 입력의 끝에서 마칩니다. 여러 사람이 여러
터미널에서 함께 쓸 수 있습니다. 줄마다 기록을 다시 읽고, 다른 사람이 방금
끝낸 단계는 다시 기록하지 않습니다.

롤백 단계(asrun plan add tbd TEXT --rollback)는 다음 단계로 보이지 않고, 늦은
것으로 치지 않습니다. `rollback STEP`(롤백)은 그 단계를 시작한 것으로
기록합니다. 남은 롤백 단계가 하나면 STEP을 적지 않아도 됩니다. 그러면 그 단계를
기다리는 롤백 단계가 다음 단계가 되고, `skip --rest WHY`는 남은 단계를 모두
생략합니다.

단계의 명령은 그대로 보여 줍니다. `run`(실행)을 입력해야만 셸 없이 프로젝트
폴더에서 시작하고, 그 사이 명령이 바뀌었으면 다시 보여 줍니다. Ctrl-C는 명령에
전달됩니다. 시작을 먼저 기록하고, 끝나면 어떻게 끝났는지 출력의 끝부분과 함께
(비밀 값은 가림) 적습니다. 종료 코드가 0이면 완료, 아니면 실패입니다.

  asrun plan run --rehearse            그날 전에, 따로 만든 기록에서
  asrun plan from 3.0-rehearsal --at "2024-09-07 18:00"

예행연습은 첫 단계가 지금 시작하는 것으로 보고 같은 계획으로 만든 새 기록입니다
(`kind: rehearsal`). 명령은 실행하지 않고, 현재 기록도 바뀌지 않으며, 예측에
쓰이지 않습니다."#,
        rehearse: "새 기록에서 계획을 연습합니다",
    },
    list: PlanListHelp {
        about: "계획을 보여 줍니다: 언제 무엇을 누가 하고 무엇을 기다리는지",
        long_about: r#"계획을 보여 줍니다: 언제 무엇을 누가 하고 무엇을 기다리는지

  asrun plan list
  asrun plan list 3.0 --format json

단계를 시각 순서로, 어떻게 되었는지와 함께 보여 줍니다. 앞으로 할 단계에는
아무것도 적지 않습니다. `?`는 결정하는 단계, `≤`는 시각과 따로 있는 기한이고 ( )
안은 걸릴 것으로 보는 시간입니다. 실행하지 않은 롤백 단계는 그렇다고 적습니다."#,
        format: "출력 형식: `table`은 사람용, `json`은 프로그램용",
    },
    export: PlanExportHelp {
        about: "계획을 달력, 스프레드시트, 문서용이나 다시 붙여 넣을 줄로 내보냅니다",
        long_about: r#"계획을 달력, 스프레드시트, 문서용이나 다시 붙여 넣을 줄로 내보냅니다

  asrun plan export -o plan.ics
  asrun plan export --bom -o plan.csv                 스프레드시트에서 열기
  asrun plan export --format lines | asrun plan add - -r 3.1

달력에서는 시각이나 글이 바뀌어도 같은 일정으로 남고 SEQUENCE가 올라가며,
생략한 단계는 취소된 일정, 실행하지 않은 롤백 단계는 미정인 일정이 됩니다.
시각은 UTC이고 10분 전에 알립니다. 다른 형식에는 생략한 단계가 없고,
`asrun plan add -`가 다시 읽을 수 있습니다. 모두 담당 이름이 들어가므로 팀
안에서 쓰는 것입니다."#,
        format: "출력 형식: `ics`, `csv`, `markdown`, `lines`. 없으면 --output의 확장자를 따르고, 그것도 없으면 `lines`",
        output: "이 파일에 씁니다. --format이 없으면 .ics, .csv, .md로 형식을 정합니다",
        bom: "CSV 앞에 BOM을 붙입니다(필요한 스프레드시트용)",
    },
    needs: PlanNeedsHelp {
        after: "먼저 끝나야 하는 단계의 id나 글의 일부. 간격이 있으면 함께 적습니다: \
            \"deploy +16m\". 여러 번 줄 수 있습니다",
        takes: "걸릴 것으로 보는 시간: 20m, 1h30m, 20분",
        due: "끝내야 하는 기한",
        decision: "작업이 아니라 진행할지 말지(go/no-go) 정하는 단계",
        rollback: "롤백할 때, 누가 부를 때만 하는 단계",
        if_failed: "실패하면 할 일",
        command: "단계를 수행하는 명령. asrun이 스스로 실행하는 일은 없습니다",
    },
};

pub(super) const ACTIONS: ActionsHelp = ActionsHelp {
    about: "모든 기록의 후속 조치를 보여 줍니다",
    long_about: r#"모든 기록의 후속 조치를 보여 줍니다

  asrun actions                    끝나지 않은 것
  asrun actions 3.0                한 기록의 것
  asrun actions --overdue          있으면 종료 코드 1: CI용
  asrun actions add "점검표 만들기" --owner ios --due "10월 1일"
  asrun actions done 3.0#2         그 기록의 두 번째 후속 조치를 완료"#,
    record: "이 기록의 것만: id, 겹치지 않는 id 일부, 또는 버전",
    overdue: "기한이 지난 것만. 있으면 종료 코드는 1입니다",
    owner: "이 담당의 것만",
    all: "끝난 것도 함께",
    add: ActionsAddHelp {
        about: "후속 조치를 더합니다",
        text: "할 일",
        owner: "담당",
        due: "기한: 2024-10-01, 10월 1일, 내일",
        internal: "공개 문서에는 보이지 않게 합니다",
    },
    done: ActionsDoneHelp {
        about: "후속 조치를 끝낸 것으로 표시합니다",
        action: "`asrun actions`에 나오는 번호, 또는 글의 일부. `RECORD#NUMBER`는 기록까지 \
            가리킵니다",
        on: "끝낸 날. 없으면 오늘",
    },
};

pub(super) const LESSONS: LessonsHelp = LessonsHelp {
    about: "모든 기록의 교훈과 기여 요인을 보여 줍니다",
    long_about: r#"모든 기록의 교훈과 기여 요인을 보여 줍니다

  asrun lessons --kind release
  asrun lessons --sort badly --since 2024
  asrun lessons checkout --seen      이전 기록에도 있던 원인
  asrun lessons add badly "기본값이 강제 종료였다"

--seen을 주면 요인, 아쉬운 점, 확인한 원인을 이전 기록의 것과 견줍니다. 이전
기록에 끝내지 못한 후속 조치가 있으면 종료 코드는 1입니다. asrun log --type
identified와 lessons add는 이를 저절로 알립니다.

종류는 한국어로도 씁니다: 잘된점, 아쉬운점, 운, 뜻밖, 교훈, 요인."#,
    seen: "이전 기록에도 있던 원인과 그 기록의 끝내지 못한 후속 조치. RECORD가 없으면 현재 기록의 원인",
    record: "이 기록의 것만: id, 겹치지 않는 id 일부, 또는 버전",
    sort: "이 종류만",
    sorts: LessonSortsHelp {
        well: "잘된 점",
        badly: "아쉬운 점",
        lucky: "운이 좋았던 점",
        surprised: "뜻밖이었던 점",
        learned: "그 밖에 배운 점",
        factor: "이 일이 일어나는 데 겹친 요인",
    },
    add: LessonsAddHelp {
        about: "배운 것을 더합니다",
        sort: "교훈의 종류",
        text: "배운 것",
        internal: "공개 문서에는 보이지 않게 합니다",
    },
};
