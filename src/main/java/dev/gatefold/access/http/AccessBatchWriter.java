package dev.gatefold.access.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.gatefold.access.http.AccessResource.AccessBatchResponse;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveResourceInfo;
import org.jboss.resteasy.reactive.server.spi.ServerMessageBodyWriter;
import org.jboss.resteasy.reactive.server.spi.ServerRequestContext;

/** Writes a page of answers as bytes at once; the usual way goes by characters, which costs as much again. */
@Provider
@Produces(MediaType.APPLICATION_JSON)
public final class AccessBatchWriter implements ServerMessageBodyWriter<AccessBatchResponse> {
    private final ObjectWriter json;

    AccessBatchWriter(ObjectMapper json) {
        this.json = json.writerFor(AccessBatchResponse.class);
    }

    @Override
    public boolean isWriteable(Class<?> type, Type generic, ResteasyReactiveResourceInfo target, MediaType media) {
        return type == AccessBatchResponse.class;
    }

    @Override
    public boolean isWriteable(Class<?> type, Type generic, Annotation[] annotations, MediaType media) {
        return type == AccessBatchResponse.class;
    }

    @Override
    public void writeResponse(AccessBatchResponse answers, Type generic, ServerRequestContext context)
            throws WebApplicationException, IOException {
        context.serverResponse().end(json.writeValueAsBytes(answers));
    }

    @Override
    public void writeTo(
            AccessBatchResponse answers,
            Class<?> type,
            Type generic,
            Annotation[] annotations,
            MediaType media,
            MultivaluedMap<String, Object> headers,
            OutputStream out)
            throws IOException, WebApplicationException {
        json.writeValue(out, answers);
    }
}
