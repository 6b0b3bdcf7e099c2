//! Commands about asrun itself and the project as a whole.

use crate::lang::terminal::help::{
    CheckHelp, CompletionsHelp, ConfigHelp, DoctorHelp, HelpHelp, ManHelp, MergeDriverHelp,
    SchemaHelp, SelectHelp,
};

pub(super) const CHECK: CheckHelp = CheckHelp {
    about: "기록을 읽을 수 있는지, 빠진 것은 없는지, 시각이 맞는지 확인합니다",
    long_about: "\
기록을 읽을 수 있는지, 빠진 것은 없는지, 시각이 맞는지 확인합니다

  asrun check                      모든 기록 (오류가 있으면 종료 코드 1)
  asrun check --strict             경고가 있어도 1 (CI용)
  asrun check 3.0 --ignore time-jump
  asrun check --format sarif > asrun.sarif

아무것도 바꾸지 않습니다. 주석 `# asrun: ignore RULE`은 값 뒤나 그 윗줄에
쓰면 그 자리에서, 첫 키 위에 쓰면 기록 전체에서 규칙을 끕니다. asrun.yaml에
`ignore: [RULE]`을 쓰면 프로젝트 전체에서 끕니다. 규칙은 asrun help rules로
봅니다.",
    records: "기록의 id, 겹치지 않는 id 일부, 또는 버전. 여럿을 쓸 수 있습니다. 없으면 모든 기록",
    strict: "경고도 실패로 봅니다",
    ignore: "확인하지 않을 규칙",
    format: "사람용(human), 프로그램용(json), 코드 호스팅용(sarif)",
};

pub(super) const SELECT: SelectHelp = SelectHelp {
    about: "명령에 기록을 지정하지 않을 때 쓸 기록을 고르거나, 무엇인지 알려 줍니다",
    long_about: "\
명령에 기록을 지정하지 않을 때 쓸 기록을 고르거나, 무엇인지 알려 줍니다

  asrun select 3.0        이제부터 이 기록
  asrun select            현재 기록의 id와 그 까닭을 출력합니다

진행 중인 기록이 여럿인데 고른 것이 없으면, 터미널에서 `asrun select`는
목록을 보이고 묻습니다. 번호만 누르면 되고 Enter는 필요 없습니다.",
    record: "기록의 id, 겹치지 않는 id 일부, 또는 버전. 없으면 출력하거나 묻습니다",
};

pub(super) const SCHEMA: SchemaHelp = SchemaHelp {
    about: "편집기가 기록을 자동 완성하고 검사하는 데 쓸 JSON Schema를 출력합니다",
    long_about: "\
편집기가 기록을 자동 완성하고 검사하는 데 쓸 JSON Schema를 출력합니다

  asrun schema -o asrun.schema.json

`asrun init`도 이 파일을 씁니다. incidents/ 옆에 asrun.schema.json이 있으면
`asrun new`는 YAML 언어 서버가 있는 편집기(VS Code, Neovim 등)가 알아보는
줄로 기록을 시작합니다. 없으면 그 줄도 쓰지 않습니다.",
    output: "쓸 파일",
};

pub(super) const COMPLETIONS: CompletionsHelp = CompletionsHelp {
    about: "셸 자동 완성을 출력합니다: 명령, 옵션, 기록, 단계, 종류",
    long_about: "\
셸 자동 완성을 출력합니다: 명령, 옵션, 기록, 단계, 종류

  source <(asrun completions bash)        ~/.bashrc에
  source <(asrun completions zsh)         ~/.zshrc에
  asrun completions fish | source         ~/.config/fish/config.fish에
  asrun completions powershell | Out-String | Invoke-Expression",
    shell: "셸: bash, zsh, fish, powershell, elvish",
};

pub(super) const MAN: ManHelp = ManHelp {
    about: "man 페이지를 명령마다 하나씩 씁니다",
    long_about: "\
man 페이지를 명령마다 하나씩 씁니다

  asrun man ~/.local/share/man/man1",
    folder: "쓸 폴더. 미리 있어야 합니다",
};

pub(super) const CONFIG: ConfigHelp = ConfigHelp {
    about: "모든 설정의 값과 그 값이 어디서 왔는지 보여 줍니다",
    long_about: "\
모든 설정의 값과 그 값이 어디서 왔는지 보여 줍니다

ASRUN_TIMEZONE, ASRUN_LANGUAGE, ASRUN_TERMINAL_LANGUAGE, ASRUN_AUTHOR,
ASRUN_TOLERANCE_MINUTES는 프로젝트의 asrun.yaml보다, asrun.yaml은 개인 설정인
~/.config/asrun/asrun.yaml보다 우선합니다. 명령의 옵션은 이 모두보다
우선합니다.

asrun은 terminal_language에 적힌 언어로, 없으면 로캘(LC_ALL, LC_MESSAGES,
LANG)의 언어로 말합니다. 한국어와 영어를 씁니다. 기록의 언어는 그대로입니다.",
};

pub(super) const DOCTOR: DoctorHelp = DoctorHelp {
    about: "asrun에 필요한 것이 모두 제대로인지 살피고 고칠 방법을 알려 줍니다",
    long_about: "\
asrun에 필요한 것이 모두 제대로인지 살피고 고칠 방법을 알려 줍니다

프로젝트, 기록, 설정과 시간대, 기록에 넣지 못한 이벤트, 남은 파일, git 병합,
편집기, 터미널을 살핍니다. 고칠 것이 있으면 종료 코드는 1입니다.
아무것도 바꾸지 않습니다.",
};

pub(super) const HELP: HelpHelp = HelpHelp {
    about: "명령이나 주제를 설명합니다: times, records, templates, rules, exit-codes",
    long_about: "\
명령이나 주제를 설명합니다: times, records, templates, rules, exit-codes

  asrun help log
  asrun help times",
    what: "`plan add` 같은 명령, 또는 주제",
};

pub(super) const MERGE_DRIVER: MergeDriverHelp = MergeDriverHelp {
    about: "git을 위해 기록을 항목별로 병합합니다",
    long_about: "\
git을 위해 기록을 항목별로 병합합니다

`asrun init --git` 뒤에는 git이 이 명령을 실행합니다. 결과는 OURS에 씁니다.
양쪽이 같은 항목을 바꾸었으면 종료 코드는 1이고, 둘 다 충돌 표시 사이에
남습니다.",
    base: "양쪽이 갈라지기 전의 버전 (%O)",
    ours: "이쪽 버전. 결과를 여기에 씁니다 (%A)",
    theirs: "저쪽 버전 (%B)",
    path: "메시지에 쓸 기록의 경로 (%P)",
};
