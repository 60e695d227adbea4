import { Router } from '@solidjs/router'
import { render } from 'solid-js/web'
import { Page } from './page.tsx'
import './style/tokens.css'
import './style/base.css'
import './style/page.css'
import './style/development.css'
import { routes } from './views.ts'

render(() => <Router root={Page}>{routes}</Router>, document.body)
