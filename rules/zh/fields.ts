/**
 * What is said about a wrong value, in Simplified Chinese. The sentences stand beside the schemas and use cases that judge; here each is
 * found by its English form. One that is missing stays English: a field message helps, it never decides.
 */
const SENTENCES: readonly (readonly [english: RegExp, chinese: string])[] = [
  [/^between (\d+) and (\d+) characters$/, '$1 至 $2 个字符'],
  [/^at most (\d+) characters$/, '最多 $1 个字符'],
  [/^no control or invisible characters$/, '不能含有控制字符或不可见字符'],
  [/^an e-mail address such as (\S+)$/, '邮箱地址，例如 $1'],
  [/^at least one product$/, '至少选择一个产品'],
  [/^each product once$/, '每个产品只能选一次'],
  [/^is not a field of this request$/, '不是此请求的字段'],
  [/^is the name of another application$/, '是另一个应用的名称'],
  [/^is the name of another partner$/, '是另一个合作伙伴的名称'],
  [/^is not in your contract$/, '不在您的合同中'],
  [/^is needed for a new account$/, '新账户必须填写'],
  [/^is not right$/, '不正确'],
  [/^not right, or not valid any more$/, '不正确，或已失效'],
  [/^type: (.+)$/, '请输入：$1'],
  [/^it has (\d+) bits$/, '它有 $1 位'],
  [/^(\d+) digits$/, '$1 位数字'],
  [/^an id that begins with (\S+)$/, '以 $1 开头的编号'],
  [/^Invalid input: expected \w+, received undefined$/, '必须填写'],
  [/^Invalid input.*$/, '值的类型不正确'],
  [/^Invalid option.*$/, '不在可选的值之中'],
  [/^Too (?:big|small).*$/, '长度或大小超出范围'],
]

export function fieldMessage(english: string): string {
  const found = SENTENCES.find(([pattern]) => pattern.test(english))
  return found === undefined ? english : english.replace(...found)
}
