// Starts the page.
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { RouterProvider } from 'react-router-dom';
import { speak } from '../api/client';
import { loadLanguage } from '../locales';
import { LanguageProvider, usualLanguage } from '../ui/LanguageContext';
import { askWhoIsHere } from '../ui/SessionContext';
import { queries } from './queries';
import { router } from './routes';
import 'virtual:library-styles.css'; // first: ours are read after it
import './style.css';

speak(usualLanguage());
void askWhoIsHere(queries).catch(() => undefined); // a page says it, where it fails
const nonce = document.querySelector<HTMLMetaElement>('meta[name=style-nonce]')?.content ?? '';
const root = document.getElementById('root');
const NOT_LOADED = '页面未能加载，请检查网络后刷新。 This page could not be fetched: reload it.';
if (root)
  loadLanguage(usualLanguage()).then(
    (language) =>
      createRoot(root).render(
        <StrictMode>
          <QueryClientProvider client={queries}>
            <LanguageProvider nonce={nonce} first={language}>
              <RouterProvider router={router} />
            </LanguageProvider>
          </QueryClientProvider>
        </StrictMode>,
      ),
    () => (root.textContent = NOT_LOADED), // there are no words to say it with
  );
