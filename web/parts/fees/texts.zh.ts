export const zh = {
  product: '产品',
  interchange: '交换费',
  service: '服务费',
  by: '依据',
  contract: '合同',
  default: '默认',
  actions: '操作',
  points: (points: string) => `${points} 基点`,
}
