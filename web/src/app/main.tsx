// Starts the page.
import { QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { RouterProvider } from 'react-router-dom';
import { Problem, speak } from '../api/client';
import { loadLanguage } from '../locales';
import { LanguageProvider, usualLanguage } from '../ui/LanguageContext';
import { askAhead } from '../ui/SessionContext';
import { router } from './routes';
import './style.css';

const queries: QueryClient = new QueryClient({
  queryCache: new QueryCache({
    // A session that ended meanwhile is noticed by the first answer that says so.
    onError: (error, { queryKey: [first] }) => {
      if (first !== 'session' && error instanceof Problem && error.status === 401)
        void queries.invalidateQueries({ queryKey: ['session'] });
    },
  }),
  defaultOptions: {
    queries: {
      // What is open is kept true by the stream; what is gone back to is asked for again.
      staleTime: 5_000,
      gcTime: 30 * 60_000,
      retry: (times, error) =>
        times < 2 && !(error instanceof Problem && error.status >= 400 && error.status < 500),
      refetchOnWindowFocus: false,
    },
  },
});
speak(usualLanguage());
askAhead(queries);
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
