export const zh = {
  notFound: '这里没有页面',
  why: '地址可能有误，或其指向的内容已被删除。',
  home: '返回首页',
  docs: '搜索文档',
}
