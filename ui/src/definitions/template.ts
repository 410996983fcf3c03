// A small whole definition to begin from: a request, an approval, a hand-out with its register and printed sheet.
// It passes the check as it stands, so that a beginner changes what works instead of filling in what does not.
export const template = `# 井号后面是说明，不影响办理。改好左边，右边随时看样子。
kind: key-loan                 # 代号：小写英文，发布后不要再改
name: 钥匙领用                  # 用户看到的名称
group: 内务
order: 950
summary: 科室领用公用房间钥匙，办公室审批，用毕交还登记。
title: room                    # 哪个字段当标题
start: duty("staff")           # 谁可以新办
keep: 10年
use: [return, withdraw, void]  # 取用的通用动作：退回、撤回、作废
number:
  series: '"key-loan"'
  text: '"钥〔" + string(year) + "〕{seq}号"'

fields:
  room:      {name: 房间, type: text, max: 60, search: true}
  purpose:   {name: 用途, type: text, max: 100, wide: true}
  back_by:   {name: 拟交还日期, type: date}
  returned:  {name: 交还时间, type: datetime, default: now}

steps:
  apply:
    name: 申请
    actions:
      submit:
        name: 送审批
        style: primary
        to: approve
        fields: [room!, purpose!, back_by!]
        checks:
          - {ok: back_by >= today, say: 交还日期不能早于今天, field: back_by}
        do: [number]
  approve:
    name: 审批
    who: duty("deputy-director")
    limit: 1 workday
    actions:
      agree:  {name: 同意, style: primary, to: hand-back, opinion: optional, phrases: [同意]}
      refuse: {name: 不同意, style: danger, to: closed, opinion: required}
  hand-back:
    name: 交还
    who: starter
    limit: due_by(back_by)
    actions:
      done: {name: 已交还, style: primary, to: closed, fields: [returned!]}

register:
  name: 钥匙领用登记簿
  paper: A4横
  columns:
    - {name: 编号, value: number, width: 34, sort: number}
    - {name: 房间, value: room, width: 46, sort: title}
    - {name: 用途, value: purpose, width: 70}
    - {name: 领用人, value: name(starter), width: 24}
    - {name: 拟交还, value: back_by, width: 28}
    - {name: 交还时间, value: returned, width: 34, sort: closed}

sheets:
  loan:
    name: 钥匙领用单
    rows:
      - {cells: [{label: 编号, value: number, span: 6}, {label: 领用人, value: name(starter), span: 6}]}
      - {cells: [{label: 房间, value: room, span: 6}, {label: 拟交还日期, value: back_by, span: 6}]}
      - {cells: [{label: 用途, value: purpose, span: 12}]}
      - {cells: [{label: 审批意见, opinions: [approve], span: 12}], height: 30}
      - {cells: [{label: 交还时间, value: returned, span: 12}]}
`

// kindOf is the code a definition gives itself.
export const kindOf = (source: string) => source.match(/^kind:\s*["']?([A-Za-z0-9_-]+)/m)?.[1] ?? ''
