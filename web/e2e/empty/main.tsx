// The least a page of the same framework can be: what pages of the office are measured against.
import { Button, ConfigProvider } from 'antd';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

const root = document.getElementById('root');
if (root)
  createRoot(root).render(
    <StrictMode>
      <ConfigProvider>
        <Button type="primary">{'OK'}</Button>
      </ConfigProvider>
    </StrictMode>,
  );
