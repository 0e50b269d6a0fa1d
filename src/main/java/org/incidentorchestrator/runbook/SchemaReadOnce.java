package org.incidentorchestrator.runbook;

import java.util.function.Supplier;
import javax.xml.XMLConstants;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParser;
import javax.xml.parsers.SAXParserFactory;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParse;
import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParser;
import org.camunda.bpm.engine.impl.cfg.BpmnParseFactory;
import org.camunda.bpm.engine.impl.el.ExpressionManager;
import org.camunda.bpm.engine.impl.util.ReflectUtil;
import org.xml.sax.SAXException;

/**
 * Holds each model against BPMN's schema, as the engine does by itself; but the engine reads that schema anew for each of
 * the models, which is most of the time of a start.
 */
final class SchemaReadOnce implements BpmnParseFactory {
    private final Supplier<ExpressionManager> expressions;
    private final SAXParserFactory parsers;

    SchemaReadOnce(Supplier<ExpressionManager> expressions) {
        this.expressions = expressions;
        this.parsers = parsers();
    }

    @Override
    public BpmnParse createBpmnParse(BpmnParser engines) {
        return new Parse(new Parser(expressions.get(), engines));
    }

    private static SAXParserFactory parsers() {
        try {
            SAXParserFactory parsers = SAXParserFactory.newInstance();
            parsers.setNamespaceAware(true);
            parsers.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            parsers.setFeature("http://xml.org/sax/features/namespace-prefixes", true);
            parsers.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            parsers.setSchema(schema());
            return parsers;
        } catch (ParserConfigurationException | SAXException e) {
            throw new IllegalStateException("this Java cannot hold a model against BPMN's schema", e);
        }
    }

    private static Schema schema() throws SAXException {
        return SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                .newSchema(ReflectUtil.getResource(BpmnParser.BPMN_20_SCHEMA_LOCATION));
    }

    private final class Parser extends BpmnParser {
        Parser(ExpressionManager expressions, BpmnParser engines) {
            super(expressions, SchemaReadOnce.this);
            setParseListeners(engines.getParseListeners());
        }

        @Override
        protected SAXParser getSaxParser() throws ParserConfigurationException, SAXException {
            synchronized (parsers) {
                return parsers.newSAXParser();
            }
        }
    }

    private static final class Parse extends BpmnParse {
        Parse(BpmnParser parser) {
            super(parser);
            // The parser has it already.
            schemaResource = null;
        }
    }
}
