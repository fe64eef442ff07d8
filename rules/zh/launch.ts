/** The way into production in Simplified Chinese: the checklist of a launch, test values, states of a request. */
import type { GateItem, LaunchState, TestValue } from '../launch.ts'

export const GATE: Record<GateItem, { title: string; open: string; fix: string }> = {
  key_set: {
    title: '已设置生产公钥',
    open: '尚未设置生产公钥。',
    fix: '请在生产设置中设置公钥；不能使用沙箱的公钥。',
  },
  key_proved: {
    title: '生产公钥已证明',
    open: '尚无生产公钥得到证明。',
    fix: '请用私钥签名生产设置中的文本，并提交签名。',
  },
  url_set: {
    title: '每个通知都有生产地址',
    open: '有通知没有生产地址。',
    fix: '请在生产设置中填写地址。',
  },
  url_reachable: {
    title: '每个生产地址都有应答',
    open: '有生产地址没有应答。',
    fix: '请让网络能以有效证书访问该地址，然后重新检查。',
  },
  cases: {
    title: '必需的验收用例已通过',
    open: '有必需的验收用例尚未通过。',
    fix: '请在沙箱中通过它们；判定依据是您的系统发出的调用。',
  },
  contract: {
    title: '产品已签约',
    open: '您的组织没有相应的合同。',
    fix: '请联系解决方案架构师，将试用转为合同，或添加合作类型或产品。',
  },
  authorization: {
    title: '已获收单机构授权',
    open: '没有收单机构授权此技术服务商。',
    fix: '请联系解决方案架构师：此版本尚不支持授权。',
  },
  test_values: {
    title: '生产配置中没有沙箱的内容',
    open: '有生产配置来自测试。',
    fix: '请替换它：名称、描述和地址必须是真实的。',
  },
}

export const TEST_VALUES: Record<TestValue, string> = {
  loopback: '指向本机',
  sandbox_id: '含有沙箱的 Client ID',
  example_name: '是示例域名',
  test_host: '看起来是测试主机',
}

export const LAUNCH_STATES: Record<LaunchState, string> = {
  in_review: '审核中',
  waiting_for_partner: '等待合作伙伴',
  confirmed: '已确认',
  withdrawn: '已撤回',
}
