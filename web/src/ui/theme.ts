// Colours and sizes. Contrast against the surface they stand on is at least 4.5 to 1 for text.
import type { ThemeConfig } from 'antd';

export const colours = {
  ink: '#1f2329',
  quiet: '#595f69',
  line: '#dcdfe4',
  page: '#f5f6f7',
  surface: '#ffffff',
  accent: '#1f4e79',
  late: '#b42318',
  soon: '#8a5300',
  good: '#1b6e3c',
};

export const theme: ThemeConfig = {
  hashed: false,
  token: {
    colorPrimary: colours.accent,
    colorLink: colours.accent,
    colorLinkHover: colours.accent,
    colorLinkActive: colours.accent,
    colorText: colours.ink,
    colorTextSecondary: colours.quiet,
    colorTextDescription: colours.quiet,
    colorTextPlaceholder: '#6b7280',
    colorTextDisabled: '#6b7280',
    colorBorder: '#8a9099',
    colorBorderSecondary: colours.line,
    colorError: colours.late,
    colorWarning: colours.soon,
    colorSuccess: colours.good,
    borderRadius: 4,
    fontSize: 14,
    controlHeight: 36,
    motion: false,
    fontFamily:
      'system-ui, -apple-system, "Segoe UI", "PingFang SC", "Hiragino Sans GB", ' +
      '"Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", sans-serif',
  },
};
