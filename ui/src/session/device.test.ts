import { expect, test } from 'vitest'
import { deviceText } from './device'

test('设备说得出浏览器和系统，说不出就是未知', () => {
  expect(deviceText('Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0')).toBe('Edge，Windows')
  expect(deviceText('Mozilla/5.0 (X11; Linux aarch64; Kylin) AppleWebKit/537.36 Chrome/120.0 Safari/537.36')).toBe('Chrome，麒麟')
  expect(deviceText('Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1 Version/18.0 Mobile/15E148 Safari/604.1')).toBe('Safari，iPhone')
  expect(deviceText('curl/8')).toBe('未知设备')
})
