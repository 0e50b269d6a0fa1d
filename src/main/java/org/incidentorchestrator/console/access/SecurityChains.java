package org.incidentorchestrator.console.access;

import static org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher.withDefaults;

import jakarta.servlet.DispatcherType;
import java.util.Arrays;
import java.util.stream.Stream;
import org.camunda.bpm.engine.IdentityService;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.HttpStatusEntryPoint;
import org.springframework.security.web.authentication.www.BasicAuthenticationFilter;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * Who may reach what. The first chain that matches decides; the last one matches everything and denies it, so that a
 * route that nobody thought of is closed. Matchers are path patterns: the MVC matcher that a plain string becomes does
 * not match the engine's REST servlet.
 */
@Configuration
class SecurityChains {
    private final Callers callers;
    private final Problems problems;
    private final IdentityService identities;
    private final RefusedRequests refused;

    SecurityChains(Callers callers, Problems problems, IdentityService identities, RefusedRequests refused) {
        this.callers = callers;
        this.problems = problems;
        this.identities = identities;
        this.refused = refused;
    }

    /**
     * The probes tell a load balancer and a kubelet; webhooks check the credentials of their own source; the link in a
     * message is its own.
     */
    @Bean
    @Order(1)
    SecurityFilterChain open(HttpSecurity http) throws Exception {
        return stateless(http.securityMatcher(paths(
                        "/actuator/health/liveness",
                        "/actuator/health/readiness",
                        "/webhooks/**",
                        "/pagerduty/webhook",
                        "/acknowledge/{token}")))
                .authorizeHttpRequests(rules -> rules.anyRequest().permitAll())
                .build();
    }

    @Bean
    @Order(2)
    SecurityFilterChain api(HttpSecurity http) throws Exception {
        return known(http.securityMatcher(
                        paths("/api/**", "/sandbox/**", "/actuator/prometheus", "/actuator/health/**")))
                .authorizeHttpRequests(rules -> rules.dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.ASYNC)
                        .permitAll()
                        // Up or down is no secret; what is down is shown to administrators.
                        .requestMatchers(paths("/actuator/health/**"))
                        .permitAll()
                        .requestMatchers(paths("/actuator/**", "/api/notifications/**", "/api/backup"))
                        .hasAuthority(Role.ADMIN.group())
                        .requestMatchers(reading("/api/**", "/sandbox/**"))
                        .hasAnyAuthority(Role.any())
                        // It starts nothing and writes nothing.
                        .requestMatchers(withDefaults().matcher(HttpMethod.POST, "/api/simulate"))
                        .hasAnyAuthority(Role.any())
                        // Who may give which answer is decided where it is taken.
                        .requestMatchers(withDefaults().matcher(HttpMethod.POST, "/api/approvals/{id}/decision"))
                        .hasAnyAuthority(Role.answering())
                        .requestMatchers(withDefaults().matcher(HttpMethod.DELETE, "/api/stop"))
                        .hasAnyAuthority(Role.lifting())
                        // They keep pages from people, or stop everything: not for who is new at this.
                        .requestMatchers(paths("/api/stop", "/api/maintenance-windows/**"))
                        .hasAnyAuthority(Role.senior())
                        .requestMatchers(paths("/api/incidents/*/notes"))
                        .hasAnyAuthority(Role.writing())
                        .anyRequest()
                        .hasAnyAuthority(Role.working()))
                .build();
    }

    @Bean
    @Order(3)
    SecurityFilterChain engineRest(HttpSecurity http) throws Exception {
        return known(http.securityMatcher(paths("/engine-rest/**")))
                .addFilterAfter(new EngineOperationsFilter(refused), AuthorizationFilter.class)
                .authorizeHttpRequests(rules -> rules.dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.ASYNC)
                        .permitAll()
                        .anyRequest()
                        .hasAnyAuthority(Role.any()))
                .build();
    }

    /** Whoever reached the set-up page first would become administrator. There is one from the first start on. */
    @Bean
    @Order(4)
    SecurityFilterChain setUpPage(HttpSecurity http) throws Exception {
        String closed = "The set-up page is closed: there is an administrator";
        return stateless(http.securityMatcher(paths("/camunda/app/admin/*/setup/**", "/camunda/api/admin/setup/**")))
                .exceptionHandling(
                        denied -> denied.authenticationEntryPoint((q, a, e) -> refused.forbidden(q, a, closed))
                                .accessDeniedHandler((q, a, e) -> refused.forbidden(q, a, closed)))
                .authorizeHttpRequests(rules -> rules.anyRequest().denyAll())
                .build();
    }

    /**
     * The web apps have filters of their own for session, token and headers, but theirs let through what they do not
     * know. What an anonymous browser needs to show the login page is named here; the rest of their API needs a login.
     */
    @Bean
    @Order(5)
    SecurityFilterChain webApps(HttpSecurity http) throws Exception {
        return stateless(http.securityMatcher(paths("/", "/camunda", "/camunda/**")))
                .headers(AbstractHttpConfigurer::disable)
                .exceptionHandling(denied -> denied.authenticationEntryPoint((q, a, e) -> refused.loggedOut(q, a)))
                .addFilterBefore(new PageNonceFilter(), BasicAuthenticationFilter.class)
                .addFilterBefore(new OwnScriptsFilter(), BasicAuthenticationFilter.class)
                .addFilterBefore(new SessionCallerFilter(callers, refused), BasicAuthenticationFilter.class)
                .addFilterAfter(new EngineOperationsFilter(refused), AuthorizationFilter.class)
                .authorizeHttpRequests(
                        rules -> rules.dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.FORWARD)
                                .permitAll()
                                .requestMatchers(loginPage())
                                .permitAll()
                                .requestMatchers(paths("/camunda/api/**"))
                                .authenticated()
                                .anyRequest()
                                .permitAll())
                .build();
    }

    @Bean
    @Order(6)
    SecurityFilterChain everythingElse(HttpSecurity http) throws Exception {
        return stateless(http.securityMatcher(paths("/**")))
                .exceptionHandling(
                        denied -> denied.authenticationEntryPoint(new HttpStatusEntryPoint(HttpStatus.NOT_FOUND))
                                .accessDeniedHandler((q, a, e) -> a.setStatus(HttpStatus.NOT_FOUND.value())))
                .authorizeHttpRequests(rules -> rules.dispatcherTypeMatchers(DispatcherType.ERROR)
                        .permitAll()
                        .anyRequest()
                        .denyAll())
                .build();
    }

    /** None: Spring Boot would make an account of its own and log its password. */
    @Bean
    UserDetailsService noAccountsOfSpring() {
        return new InMemoryUserDetailsManager();
    }

    private HttpSecurity known(HttpSecurity http) throws Exception {
        return stateless(http)
                .exceptionHandling(denied -> denied.authenticationEntryPoint((q, a, e) -> refused.unauthorized(q, a))
                        .accessDeniedHandler((q, a, e) -> refused.forbidden(
                                q, a, "None of your groups may do this; an administrator can add you to one")))
                .addFilterBefore(new CallerFilter(callers, problems, refused), BasicAuthenticationFilter.class)
                .addFilterAfter(new EngineCallerFilter(identities), AuthorizationFilter.class);
    }

    /**
     * Spring Security keeps no session, and its token against forged requests is left to {@link CallerFilter}. Nor does
     * it change the session's id: it would on each request, and of two at once the second would no longer be known. The
     * web apps change it themselves when somebody logs in.
     */
    private static HttpSecurity stateless(HttpSecurity http) throws Exception {
        return http.csrf(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS)
                        .sessionFixation(fixation -> fixation.none()));
    }

    private static RequestMatcher loginPage() {
        PathPatternRequestMatcher.Builder match = withDefaults();
        return new OrRequestMatcher(
                match.matcher(HttpMethod.GET, "/camunda/api/engine/engine/"),
                match.matcher(HttpMethod.GET, "/camunda/api/admin/auth/user/{engine}"),
                match.matcher(HttpMethod.POST, "/camunda/api/admin/auth/user/{engine}/login/{app}"),
                match.matcher(HttpMethod.POST, "/camunda/api/admin/auth/user/{engine}/logout"),
                match.matcher(HttpMethod.GET, "/camunda/api/{app}/plugin/{plugin}/static/**"),
                match.matcher(HttpMethod.GET, "/camunda/api/admin/plugin/license/{engine}/check-key"));
    }

    private static RequestMatcher reading(String... patterns) {
        return new OrRequestMatcher(Arrays.stream(patterns)
                .flatMap(pattern -> Stream.of(HttpMethod.GET, HttpMethod.HEAD)
                        .<RequestMatcher>map(method -> withDefaults().matcher(method, pattern)))
                .toList());
    }

    private static RequestMatcher paths(String... patterns) {
        return new OrRequestMatcher(Arrays.stream(patterns)
                .<RequestMatcher>map(withDefaults()::matcher)
                .toList());
    }
}
